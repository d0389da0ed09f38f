"""What mail programs write above a quote, in the languages they are sold in. Casefolded; data only."""

from emails.replies.listings import listed

# The word that carries "Ada wrote:". Where a program writes several words, the one that tells.
VERBS = listed("""
    wrote | writes | schrieb | schreibt | geschrieben | écrit | ecrit | écrivait | escribió | escribio
    escribía | escrito
    escreveu | scritto | scrive | scrisse | schreef | geschreven | skrev | skreiv | skrifaði | kirjoitti | kirjutas
    napisał | napisała | napisana | pisze | napsal | napsala | napísal | napísala | píše | написал | написала | пишет
    писал | писала | написав | написала | пише | писав | написа | написао | viết | כתב | כתבה | كتب | كتبت
    كتابة | نوشت
    yazdı | yazmış | yazdi | scris | scrie | írta | írt | έγραψε | έγραψαν | napisao | napisala | napisal | menulis
    escrigué | escrit | escriure | rakstīja | rašė
""")

# The same in scripts that put no spaces around it.
JOINED_VERBS = listed("""
    のメール | 書きました | 書かれました | の書き込み | 写道 | 寫道 | 撰寫 | 写到 | 写了 | 작성 | 썼습니다
    쓴 글 | 님의 말
    เขียน | ने लिखा
""")

# What such a header begins with, when it does not begin with a name or a date.
OPENINGS = listed("""
    on | at | in a message dated | in article | in message | quoting | zitat von | citando | citerar
    am | auf | le | el | em | no dia | il | il giorno | op | den | på | dnia | w dniu | dne | dňa
    в | во | у | на | 在 | 於 | 于 | vào | vào lúc | בתאריך | ב | في | بتاريخ | στις | pada | în
    la data | pe | na | v | missatge | kontakt | wiadomość | tarihinde | data | dana | ne | ke | ว | ใน
    il messaggio | dia | els | lúc | ngày | el día | von | de | par | by | från | fra
""")

# Between dashes: everything below is an older mail.
ORIGINALS = listed("""
    antwort nachricht | original message | original mail | original email | original e-mail | original text
    reply message | original appointment | replied message | message follows | reply separator | reply header
    ursprüngliche nachricht | ursprüngliche mail | ursprüngliche e-mail | ursprünglicher termin
    originale nachricht | ursprüngliche nachrichten | originalnachricht | original-nachricht | originaltext
    original nachricht | message d'origine | mail original | mail d'origine | rendez-vous d'origine
    message original | message initial | courriel original | e-mail d'origine | mensaje original | cita original
    compromisso original | correo original | mensaje de origen | mensagem original | mensagem de origem
    e-mail original | messaggio originale | messaggio di origine | messaggio iniziale | oorspronkelijk bericht
    oorspronkelijke bericht | origineel bericht | ursprungligt meddelande | originalmeddelande | ursprungligt mail
    oprindelig meddelelse | original meddelelse | oprindelig besked | opprinnelig melding | original melding
    alkuperäinen viesti | algne sõnum | algsõnum | wiadomość oryginalna | oryginalna wiadomość
    treść oryginalnej wiadomości | původní zpráva | původní e-mail | pôvodná správa | izvorno sporočilo
    izvorna poruka | originalna poruka | исходное сообщение | конец исходного сообщения | оригинальное сообщение
    первоначальное сообщение | исходное письмо | оригінальне повідомлення | вихідне повідомлення
    початкове повідомлення | оригинално съобщение | 元のメッセージ | オリジナルメッセージ | 元のメール
    original message (原文) | 原始邮件 | 原始訊息 | 原始信件 | 回复的原邮件 | 邮件原件 | 原始郵件 | 原始消息
    原郵件 | 原邮件 | 原始信息 | 원본 메시지 | 원본 메일 | 원본메일 | 원본메시지 | 원래 메시지 | thư gốc
    tin nhắn gốc | thông điệp gốc | הודעה מקורית | ההודעה המקורית | الرسالة الأصلية | رسالة أصلية | orijinal mesaj
    özgün ileti | orijinal ileti | asıl ileti | mesaj original | mesajul original | eredeti üzenet | αρχικό μήνυμα
    πρωτότυπο μήνυμα | pesan asli | ข้อความต้นฉบับ | missatge original
""")

# A mail passed on: what stands above is the author's, what stands below is not.
FORWARDS = listed("""
    forwarded message | begin forwarded message | forwarded by | forwarded email | start of forwarded message
    weitergeleitete nachricht | weitergeleitete mail | anfang der weitergeleiteten nachricht | weitergeleitet von
    weitergeleitete e-mail | message transféré | mail transféré | courriel transféré | courrier transféré
    début du message transféré | début du message réexpédié | message transmis | mensaje reenviado
    inicio del mensaje reenviado | missatge reenviat | mensagem encaminhada | mensagem reencaminhada
    início da mensagem reencaminhada | início da mensagem encaminhada | messaggio inoltrato
    inizio messaggio inoltrato | inizio del messaggio inoltrato | doorgestuurd bericht | doorgestuurd e-mailbericht
    doorgestuurde e-mail | begin doorgestuurd bericht | begin van doorgestuurd bericht | vidarebefordrat meddelande
    vidarebefordrat brev | början på vidarebefordrat brev | videresendt meddelelse | videresendt besked
    start på videresendt besked | videresendt melding | videresendt e-post | start på videresendt melding
    välitetty viesti | edelleenlähetetty viesti | przesłana wiadomość | przekazana wiadomość
    treść przekazanej wiadomości | wiadomość przekazana dalej | wiadomość przekazana
    początek przekazywanej wiadomości | přeposlaná zpráva | začátek přeposílané zprávy | preposlaná správa
    пересылаемое сообщение | перенаправленное сообщение | начало пересылаемого сообщения
    завершение пересылаемого сообщения | пересланное сообщение | начало переадресованного сообщения
    переслане повідомлення | перенаправлене повідомлення | початок листа, що пересилається | препратено съобщение
    転送されたメッセージ | 转发的消息 | 转发的原邮件 | 转发邮件 | 転送メッセージ | 転送メール | 転送されたメール
    转发的邮件 | 转发邮件信息 | 已转发的邮件 | 轉寄郵件 | 轉寄的郵件 | 轉寄訊息 | 전달된 메시지 | 전달된 메일
    전달 메시지 | 전달한 메시지 | thư được chuyển tiếp | thư chuyển tiếp | tin nhắn được chuyển tiếp
    chuyển tiếp thư | הודעה שהועברה | הודעה מועברת | رسالة معاد توجيهها | الرسالة المعاد توجيهها
    بداية الرسالة المُعاد توجيهها | رسالة محولة | yönlendirilmiş ileti | yönlendirilen ileti | iletilen mesaj
    yönlendirilen mesaj | yönlendirilmiş mesaj | iletilmiş mesaj | mesaj redirecționat | továbbított üzenet
    προωθημένο μήνυμα | pesan yang diteruskan | pesan terusan | proslijeđena poruka | posredovano sporočilo
    edastatud kiri | pārsūtīts ziņojums | persiųstas laiškas
""")

# How such a line begins where it is no phrase above, or how else it calls a mail.
BEGINNINGS = listed("""
    begin | start | beginning of the | anfang der | comienzo de | inicio de | début de | le | un | the | a | of
    mail | e-mail | email | message | courriel | correo | mensaje | mensagem | messaggio | bericht | e-mailbericht
    brev | mejl | meddelande | besked | meddelelse | melding | e-post | viesti | alkaa | wiadomość | wiadomości
    przekazanej | przekazana | przesłanej | treść | zpráva | zprávy | přeposlané | začiatok preposlanej správy
    письмо | письма | сообщение | сообщения | пересылаемого | пересланного | пересланное | перенаправленное | начало
    завершение | лист | початок | переадресованого | пересланого | листа | перенаправленого | повідомлення | bắt đầu
    chuyển tiếp | thư | tin | nhắn | được | תחילת | התחלת | ההודעה | המועברת | שהועברה | הודעה | بداية | الرسالة
    المعاد | رسالة | توجيهها | ileti | iletinin | mesajın | iletilen | yönlendirilen | yönlendirilmiş | başlangıcı
    başlangıç | påbörjat | 시작된 | 전달 | 메시지 | 메일 | 从这里开始转发的邮件 | 开始转发的邮件 | 以下是转发的邮件
    下面是被转发的邮件 | 转发的邮件 | 開始轉寄郵件 | 以下是轉寄的郵件 | 以下为转发的邮件
    以下は転送されたメッセージです | 転送されたメッセージです | 転送メール
""")

FORWARD_STEMS = listed("""
    forward | weitergeleit | transf | réexp | transmis | reenvia | encaminh | inoltr | doorgestuur | vidarebef
    videresend | välitet | edelleen | przekaz | przesł | přepos | prepos | пересыл | пересл | перенапр | переадр
    chuyển tiếp | הועבר | מועבר | توجيه | yönlendir | iletil | 전달 | 转发 | 轉寄 | 転送
""")

# "Reply above this line", as help desks and Postroom write it.
MARKERS = listed("""
    reply above this line | type your reply above this line | respond above this line | write above this line
    reply above the line | enter your reply above this line | reply above this text | add your reply above here
    oberhalb dieser linie antworten | antworten sie oberhalb dieser zeile | antworten sie oberhalb dieser linie
    bitte oberhalb dieser zeile antworten | bitte über dieser linie antworten | oberhalb dieser zeile antworten
    répondez au-dessus de cette ligne | répondre au-dessus de cette ligne | écrivez au-dessus de cette ligne
    responda por encima de esta línea | escriba su respuesta por encima de esta línea
    responde encima de esta línea
    responda acima desta linha | responder acima desta linha | rispondi sopra questa riga
    rispondi sopra questa linea
    antwoord boven deze lijn | reageer boven deze regel | antwoord boven deze regel | svara ovanför denna rad
    svar over denne linje | svar over denne linjen | skriv dit svar over denne linje
    vastaa tämän rivin yläpuolelle
    odpowiedz powyżej tej linii | odpovězte nad tento řádek | ответьте выше этой строки | この線より上に返信
    この行より上に返信 | 请在此行上方回复 | 이 줄 위에 답장 | bu satırın üzerine yanıt yazın
""")
