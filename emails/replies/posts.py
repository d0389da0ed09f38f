"""What people are and where they work, as cards say it below a name. Casefolded; data only."""

from emails.replies.listings import listed

# Words of a job's title; longer words may begin with them (`Entwicklerin`, `engineering`).
JOBS = listed("""
    engineer | developer | manager | director | head of | lead | chief | officer | ceo | cto | cfo | coo | cio | cmo
    vp | president | founder | co-founder | cofounder | partner | consultant | analyst | designer | architect
    administrator | assistant | coordinator | specialist | scientist | researcher | representative | executive
    accountant | lawyer | attorney | editor | professor | lecturer | teacher | nurse | technician | supervisor
    recruiter | strategist | owner | customer success | sales | marketing | human resources | product | platform
    entwickler | ingenieur | leiter | leitung | geschäftsführ | vertrieb | sachbearbeit | berater | referent
    assistenz | redakt | projektmanag | prokurist | abteilung | teamlead | buchhaltung | kundenberat
    directeur | directrice | responsable | chargé | chef d | chef de | ingénieur | développeu | conseill | gérant
    assistante | juriste | consultante | director | gerente | jefe | jefa | ingenier | analista | desarrollador
    coordinador | encargad | asesor | coordenador | diretor | engenheir | desenvolvedor | consultor | direttore
    direttrice | responsabile | ingegnere | sviluppat | consulente | impiegat | projectleider | adviseur
    medewerker | hoofd | directeur | ontwikkelaar | utvecklare | ansvarig | projektledare | säljare | rådgivare
    leder | utvikler | udvikler | konsulent | rådgiver | päällikkö | kehittäjä | asiantuntija | johtaja | kierownik
    dyrektor | specjalist | inżynier | księgow | programist | vedoucí | ředitel | manažer | vývojář | účetní
    директор | менеджер | инженер | разработчик | руководитель | специалист | бухгалтер | аналитик | керівник
    розробник | інженер | müdür | mühendis | uzman | geliştirici | yönetici | giám đốc | trưởng phòng | kỹ sư
    nhân viên | kế toán | מנהל | מהנדס | מפתח | מדיר | مدير | مهندس | محاسب | مطور
""")
JOINED_JOBS = listed("""
    经理 | 工程师 | 主管 | 总监 | 总裁 | 協理 | 經理 | 工程師 | 總監 | 专员 | 顾问 | 协调人 | 设计师
    技术部 | 市场部 | 销售部 | 研发部 | 人事部 | 财务部 | 行政部 | 产品部 | 運営部 | 営業部 | 開発部 | 総務部
    개발팀 | 영업팀 | 기획팀 | 디자인팀 | 운영팀 | 인사팀
    部長 | 課長 | 係長 | 主任 | 社長 | マネージャー | エンジニア | ディレクター | デザイナー | 担当
    株式会社 | 有限公司 | 팀장 | 과장 | 부장 | 대리 | 차장 | 매니저 | 엔지니어 | 디자이너 | 주식회사
""")
# What only a firm's name ends with.
FIRMS = frozenset(
    listed("""
    inc | inc. | ltd | ltd. | llc | llp | plc | corp | corp. | gmbh | ag | kg | ug | e.v. | sa | s.a. | sas | sarl | srl
    s.r.l. | spa | s.p.a. | b.v. | bv | n.v. | ab | as | a/s | aps | oy | oyj | sp. z o.o. | s.r.o. | a.s. | kft | zrt
    d.o.o. | ооо | зао | тов | a.ş. | pty | pvt
""")
)
