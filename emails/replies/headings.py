"""Headings people write over their lists, and how they say that nothing is in the way. Casefolded; data only."""

from emails.replies.listings import listed

DONE, GOAL, BLOCKER = "done", "goal", "blocker"

_DONE = listed("""
    today | done | done today | yesterday | completed | finished | accomplished | accomplishments | progress | shipped
    what i did | what i did today | what i did yesterday | what i got done | what i got done today | worked on
    what did you get done today? | what did you do today? | what did you do yesterday? | last week | this morning
    this afternoon | achievements | wins | highlights | update | updates | in progress | doing | working on
    heute | gestern | erledigt | fertig | geschafft | gemacht | heute erledigt | gestern erledigt | abgeschlossen
    aujourd'hui | hier | fait | terminé | réalisé | fait aujourd'hui | ce que j'ai fait | avancement | accompli
    hoy | ayer | hecho | terminado | completado | realizado | lo que hice | lo que hice hoy | avances
    hoje | ontem | feito | concluído | realizado | o que fiz | o que fiz hoje | finalizado
    oggi | ieri | fatto | completato | finito | cosa ho fatto | cosa ho fatto oggi
    vandaag | gisteren | gedaan | klaar | afgerond | wat ik gedaan heb | voltooid
    idag | i dag | igår | i går | klart | gjort | färdigt | färdig | færdig | gjort i dag | ferdig | avsluttet
    tänään | eilen | tehty | valmis | valmiina | dzisiaj | dziś | wczoraj | zrobione | ukończone | co zrobiłem
    co zrobiłam | dnes | včera | hotovo | dokončeno | сегодня | вчера | сделано | готово | выполнено | что сделано
    сьогодні | вчора | зроблено | виконано | 今日 | 本日 | 昨日 | 完了 | やったこと | 今日やったこと | 実施したこと
    今天 | 昨天 | 完成 | 已完成 | 今日工作 | 今日完成 | 오늘 | 어제 | 완료 | 한 일 | 오늘 한 일 | hôm nay | hôm qua
    đã làm | hoàn thành | đã xong | היום | אתמול | בוצע | הושלם | נעשה | اليوم | أمس | تم | المنجز | أنجزت
    bugün | dün | tamamlandı | yapılanlar | yapıldı | bitti | azi | ieri | realizat | ma | tegnap | kész
""")
_GOAL = listed("""
    tomorrow | next | next up | up next | next steps | next week | goals | goal | plan | plans | planned | to do
    todo
    to-do | todos | to dos | plan for tomorrow | plans for tomorrow | goals for tomorrow | what's next | what is next
    what will i do tomorrow | what i will do tomorrow | will do | later | upcoming | what will you do tomorrow?
    morgen | als nächstes | nächste schritte | ziele | geplant | pläne | vorhaben | offen | noch zu tun
    nächste woche
    demain | à faire | ensuite | prochaines étapes | objectifs | prévu | la suite | à venir | prochainement
    mañana | siguiente | próximos pasos | objetivos | pendiente | pendientes | por hacer | planes
    amanhã | próximos passos | a fazer | planos | metas | a seguir | domani | prossimi passi | da fare | obiettivi
    prossimamente | volgende stappen | doelen | te doen | gepland | daarna | i morgon | imorgon | nästa steg
    nästa | mål
    att göra | planerat | i morgen | imorgen | næste skridt | næste | planlagt | at gøre | neste steg | neste
    å gjøre
    huomenna | seuraavaksi | tavoitteet | suunnitelma | jutro | następne kroki | cele | do zrobienia | plany | zítra
    další kroky | cíle | v plánu | k udělání | завтра | дальше | цели | планы | план | следующие шаги | сделать
    далі | цілі | плани | наступні кроки | 明日 | 次 | 予定 | 明日の予定 | 目標 | 次にやること | やること | 明天
    下一步 | 计划
    計劃 | 明日计划 | 明日計劃 | 目标 | 待办 | 内일 | 내일 | 할 일 | 다음 | 목표 | 계획 | 내일 할 일 | ngày mai
    tiếp theo
    kế hoạch | mục tiêu | sẽ làm | מחר | הבא | יעדים | תוכניות | לביצוע | غدا | غدًا | التالي | الأهداف | الخطة
    yarın | sırada | hedefler | planlanan | yapılacaklar | mâine | urmează | holnap | következő | célok
""")
_BLOCKER = listed("""
    blockers | blocker | blocked | blocked by | blocking | blocked on | impediments | impediment | obstacles
    problems
    problem | stuck | stuck on | issues | challenges | in my way | waiting for | waiting on | risks | any blockers?
    is anything in your way? | blockaden | blockiert | hindernisse | probleme | hürden | blockierer | schwierigkeiten
    blocages | blocage | obstacles | problèmes | bloqué | points bloquants | difficultés | bloqueos | bloqueo
    obstáculos
    problemas | bloqueado | impedimentos | bloqueios | bloqueio | dificuldades | blocchi | ostacoli | problemi
    bloccato
    impedimenti | blokkades | obstakels | problemen | geblokkeerd | belemmeringen | hinder | problem | blockerare
    blockerad | blokeringer | forhindringer | problemer | blokeret | blokkeringer | hindringer | esteet
    ongelmat | este
    blokery | przeszkody | problemy | zablokowane | blokátory | překážky | problémy | проблемы | блокеры | препятствия
    блокер | проблеми | блокери | перешкоди | ブロッカー | 課題 | 問題 | 困っていること | 問題点 | 障害 | 阻碍
    问题 | 困难 | 卡点
    阻礙 | 困難 | 블로커 | 장애물 | 문제 | 이슈 | 문제점 | vướng mắc | trở ngại | vấn đề | khó khăn | חסמים
    בעיות | מכשולים
    عوائق | العوائق | مشاكل | المشاكل | عقبات | engeller | engel | sorunlar | engelleyenler | blocaje | probleme
    akadályok
""")

KINDS = {heading: kind for kind, table in ((DONE, _DONE), (GOAL, _GOAL), (BLOCKER, _BLOCKER)) for heading in table}

# Below or beside "Blockers:", these say that there are none.
NOTHING = frozenset(
    listed("""
    none | nothing | no | nope | n/a | na | nil | no blockers | none today | nothing today | none so far
    all good | zero
    nothing really | not today | none at the moment | none right now | keine | keines | nichts | nein | keiner | aucun
    aucune | rien | non | néant | ninguno | ninguna | nada | nenhum | nenhuma | não | nessuno | nessuna | niente
    nulla
    geen | niets | nee | inga | inget | ingen | nej | nei | ingenting | ei | ei mitään | ei ole | brak | nic
    žádné | není
    нет | ничего | нету | немає | нічого | なし | 特になし | 無し | ありません | 无 | 没有 | 無 | 沒有 | 暂无
    없음 | 없습니다
    không | không có | אין | אין חסמים | לא | لا شيء | لا يوجد | لا | yok | yoktur | nimic | nincs | κανένα
""")
)
