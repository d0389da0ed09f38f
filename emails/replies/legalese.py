"""What legal departments, virus scanners and mailing lists write below a mail. Casefolded; data only."""

from emails.replies.listings import listed

# A paragraph that begins with one of these …
LEGAL_OPENINGS = listed("""
    diese mitteilung | dieses e-mail | dieses mail | cette communication | la présente | el presente | la presente
    il presente | la presente | o presente | this document | esta comunicación | denna | dette | this e-mail
    this email | this message | this communication | this transmission | the information contained
    the information in this | the content of this | the contents of this | confidentiality | disclaimer
    legal notice | privileged | if you are not the intended | if you have received this | any views | the views
    internet communications | external email | external sender | any unauthori | e-mail communications
    email communications | conservez | de conformidad | de acordo com | conforme | e-mail transmission
    diese e-mail | diese email | diese mail | diese nachricht | der inhalt dieser | vertraulich
    rechtlicher hinweis | die information | der austausch von nachr | ce message | ce courriel | cet e-mail
    cet email | les informations | avis de conf | l'intégrité | le contenu de | ce mail | este mensaje | este correo
    aviso legal | aviso de | la información | este e-mail | este email | el contenido de | le informamos
    en cumplimiento | esta mensagem | aviso legal | esta mensaje | esta comunicação | as informações
    questo messaggio | questa e-mail | questa email | le informazioni | ai sensi | il contenuto | avviso di
    dit bericht | deze e-mail | deze email | de informatie | de inhoud | dit e-mail | detta meddelande
    detta e-post | det här | informationen i | denne e-mail | denne mail | denne e-post | denne e-posten
    denne meddelelse | denne meldingen | dette er en fortrolig | tämä viesti | tämä sähköposti | niniejsza
    ta wiadomość | wiadomość ta | treść tej | tato zpráva | tento e-mail | tento email | obsah této | настоящее
    данное сообщ | это сообщение | это электронное | эта электронная | це повідомлення | цей лист | このメール
    本メール | このeメール | この電子メール | 本邮件 | 此邮件 | 本郵件 | 此郵件 | 本电子邮件 | 本電子郵件 | 保密声明
    保密聲明 | 免责声明 | 이 메일 | 본 메일 | 이 이메일 | 본 이메일 | bu e-posta | bu mesaj | bu elektronik
    הודעה זו | המידע | דואר אלקטרוני זה | هذه الرسالة | هذا البريد | email này | thư này | thông tin trong
    acest mesaj | acest e-mail | ez az e-mail | ez az üzenet | το παρόν | pesan ini
""")

# … or, if it goes on like a lawyer, with one of these …
ALARMS = listed("""
    notice | important | please note | warning | private | caution | hinweis | wichtig | внимание | увага | 重要提示
    achtung | attention | atención | atenção | attenzione | let op | obs | viktigt | vigtigt | viktig | huom | uwaga
    upozornění | 注意 | 주의 | dikkat | lưu ý | external
""")

# … and is this long …
LEGAL_LENGTH = 60  # characters; Chinese, Japanese and Korean need half of them

# … and holds one of these is a notice nobody wrote.
LEGAL_KERNELS = listed("""
    confidential | privileged | views expressed | opinions expressed | not necessarily | cannot be guaranteed
    confidenciai | intended recipient | intended only | intended for | intended solely | the addressee | unlawful
    disclosure | vertraulich | rechtlich geschützt | geheim | confidentiel | destinataire | confidencial
    destinatari | protección de datos | riservat | vertrouwelijk | geadresseerde | bestemd | konfidentiell | avsedd
    fortrolig | luottamuksel | salassa | poufn | důvěrn | конфиденциальн | конфіденційн | 機密 | 机密 | 保密 | 기밀
    비밀 | 誤って | 誤送信 | gizli | סודי | חסוי | خصوصي | سري | bảo mật | confidenţial | confidențial | bizalmas
    εμπιστευτικ | rahasia | auf viren | checked for viruses | antivirus | company number | registered office
    taushetsbelagt | konfidensiell | outside the organization | outside of your organization
    outside your organization | outside of the organization | rechtmäßige empfänger | strictly prohibited
    strictly forbidden | in the wrong hands
""")

# Weaker words: three of them say as much, or two beside one of the above.
LEGAL_HINTS = listed("""
    in error | recipient | intercepted | liab | delete th | notify | attachment | virus | unauthori | addressed
    copying | distribution | material | e-mail | email | sender | empfänger | adressat | irrtümlich | versehentlich
    löschen | vernichten | absender | anhänge | anlagen | unbefugt | par erreur | expéditeur | détruire | supprimer
    pièces jointes | interdit | por error | destinatario | remitente | elimin | adjunt | prohibid | por engano
    destinatári | apag | anexo | per errore | mittente | cancell | allegat | vietat | abuis | afzender | verwijder
    bijlage | niet toegestaan | misstag | mottagare | radera | avsändare | bilag | fejl | modtager | slet | afsender
    feil | mottaker | avsender | erehdy | vastaanottaja | lähettäjä | liittee | poist | pomyłk | omyłk | nadawc
    adresat | usuni | załącznik | omylem | adresát | odesílatel | příloh | smaž | ошибк | отправител | получател
    адресат | удалит | вложени | помилк | відправник | одержувач | видал | вкладен | 宛先 | 送信者 | 削除 | 破棄
    添付 | 误收 | 錯收 | 错收 | 误发 | 发件人 | 寄件人 | 收件人 | 删除 | 刪除 | 附件 | 잘못 | 수신 | 발신 | 삭제
    첨부 | nhầm | người gửi | người nhận | xóa | đính kèm | בטעות | לשולח | לנמען | מחק | מצורפ | بالخطأ | الخطأ
    المرسل | حذف | مرفق | yanlışlıkla | alıcı | gönder | silin | protección de datos | rgpd | lgpd | gdpr | dsgvo
    d.lgs | reglamento | regolamento | derechos | diritti
""")

# Two of these are a firm's particulars, which the law wants in its letters.
COMPANY = listed("""
    registered in england | registered office | registered number | company number | company registration | vat no
    vat reg | vat number | registered in | amtsgericht | handelsregister | hrb | sitz der gesellschaft
    geschäftsführ | ust-id | ust.-id | ustid | firmensitz | registergericht | vorstand: | aufsichtsrat
    siège social | rcs | siret | au capital de | domicilio social | registro mercantil | nif | c.i.f.
    capitale sociale | partita iva | p.iva | cod. fisc | sede legale | cnpj | kvk | handelsregister | btw | org.nr
    org. nr | organisationsnummer | cvr | y-tunnus | krs | nip: | regon | kapitał zakładowy | ičo | огрн | инн
    єдрпоу | mersis | sicil no
""")

# A plea for the trees holds a word of each of these three.
TREES = (
    listed("""
    environment | umwelt | environnement | medio ambiente | medioambiente | meio ambiente | ambiente | milieu
    miljö | miljø | ympäristö | środowisk | prostředí | prostredie | окружающ | природ | довкілл | лес | 環境 | 环境
    환경 | çevre | môi trường | הסביבה | البيئة | tree | forest | planet | planète | περιβάλλον | környezet | mediul
"""),
    listed("""
    print | druck | imprim | stampa | skriver ut | skriv | tulost | wydruk | drukow | vytisk | vytlač | tlači
    печат | друк | 印刷 | 打印 | 列印 | 인쇄 | yazdır | yazıcı | in email | in thư | in e-mail | הדפס | מדפיס
    طباعة | εκτυπ | nyomtat
"""),
    listed("""
    before print | before you print | before deciding | think before | consider the | unless | do not print
    don't print | bevor | zuliebe | erforderlich | notwendig | denk | avant | nécessaire | pens | antes | necesari
    necessári | necessari | prima di | voordat | alvorens | innan | nödvändig | før | nødvendig | tänk | tenk | tænk
    ajattele | ennen | zanim | pomyśl | než | mysl | подума | прежде | перед | подбай | 前に | 考え | 之前 | 考虑
    考慮 | 전에 | 생각 | önce | düşün | trước | לפני | قبل | πριν | előtt | înainte
"""),
)

# A line of a few words that names one of these addresses is a virus scanner's.
SCANNERS = ("avast.com", "avg.com")

# Lines of programs and of causes, known by how they begin.
BOASTS = listed("""
    please note my working | please note that my working | my working hours may | my working hours are
    my normal working hours
    virus-free. | this email has been checked for viruses | this email has been scanned | this email was scanned
    this message has been scanned | this e-mail was scanned | this message was scanned | this mail was scanned
    scanned by | avast logo | diese e-mail wurde von avast | diese e-mail wurde auf viren | cet e-mail a été vérifié
    l'absence de virus dans ce | este correo electrónico ha sido comprobado | este e-mail foi verificado
    libre de virus. | virenfrei. | sans virus. | think before you print | think before printing | save a tree
    please don't print this | you received this message because you are subscribed | you are receiving this because
    to unsubscribe from this | to view this discussion | for more options, visit | reply to this email directly
    unsubscribe from this list | informationen zum datenschutz | unsere datenschutz | datenschutzhinweise
    our privacy policy | sent through the github
""")
