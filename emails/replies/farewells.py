"""How people end a mail, in the languages they write. Casefolded, without punctuation; data only."""

from emails.replies.listings import listed

# Words that end a mail and report nothing: cut even where no name follows.
REGARDS = frozenset(
    listed("""
    udv
    best regards | kind regards | regards | warm regards | warmest regards | kindest regards | with regards
    best wishes | with best wishes | sincerely | yours sincerely | sincerely yours | yours truly | very truly
    yours faithfully | respectfully | cordially | with best regards | with kind regards | rgds | brgds
    best rgds | kind rgds | with warm regards | many regards | yours | warmly | all the best | regards,
    viele grüße | liebe grüße | beste grüße | schöne grüße | herzliche grüße | freundliche grüße | gruß | grüße
    vlg | bgr
    mit freundlichen grüßen | mit freundlichem gruß | mit besten grüßen | mit lieben grüßen | mit herzlichen grüßen
    mit vielen grüßen | beste gruesse | viele gruesse | liebe gruesse | mit freundlichen gruessen | gruss | grüsse
    freundliche grüsse | mit freundlichen grüssen | liebe grüsse | viele grüsse | beste grüsse | herzliche grüsse
    schönen gruß | schöne grüsse | lieben gruß | besten gruß | freundlichen gruß | schönen abend noch
    schönes wochenende
    mfg | lg | vg | bg | mit freundlichem | hochachtungsvoll | beste wünsche | alles gute | servus
    cordialement | bien cordialement | très cordialement | bien à vous | bien à toi | amicalement | cdlt
    cdt | sincèrement | respectueusement | bàv | bàt | salutations | meilleures salutations | bises
    sincères salutations | salutations distinguées | salutations cordiales | bien respectueusement | amitiés
    saludos | un saludo | saludos cordiales | cordialmente | atentamente | atte | un abrazo | abrazos
    cordial saludo | un cordial saludo | reciba un cordial saludo | muchos saludos | un fuerte abrazo | slds
    atenciosamente | att | at.te | abraço | abraços | um abraço | cumprimentos | melhores cumprimentos
    com os melhores cumprimentos | saudações | saudações cordiais | abs | beijos | grande abraço
    cordiali saluti | distinti saluti | saluti | un saluto | un caro saluto | cari saluti | tanti saluti
    i migliori saluti | con i migliori saluti | un cordiale saluto | porgo distinti saluti | buona giornata
    met vriendelijke groet | met vriendelijke groeten | vriendelijke groeten | vriendelijke groet | groeten
    groet | groetjes | mvg | hartelijke groet | hartelijke groeten | hoogachtend | grt | gr | grtz
    met hartelijke groet | vele groeten | hgr | met groet | m.vr.gr
    med vänliga hälsningar | vänliga hälsningar | mvh | hälsningar | med vänlig hälsning | vänligen | vh
    bästa hälsningar | hälsar | med bästa hälsningar | varma hälsningar | vänlig hälsning | kram | hälsn
    med venlig hilsen | venlig hilsen | hilsen | de bedste hilsner | bedste hilsner | kh | kærlig hilsen
    mange hilsner | venlige hilsner | med venlige hilsner | med vennlig hilsen | vennlig hilsen | beste hilsen
    med vennlige hilsener | beste hilsener | vennlige hilsener | de beste hilsener | hilsner | varm hilsen
    ystävällisin terveisin | terveisin | parhain terveisin | terv | yt | lämpimin terveisin
    hyvää päivänjatkoa | ystävällisesti | kunnioittavasti | terkuin | lämpimästi tervehtien
    pozdrawiam | z poważaniem | serdecznie pozdrawiam | pozdrowienia | z wyrazami szacunku | pozdr | pzdr
    z pozdrowieniami | łączę pozdrowienia | pozdrawiam serdecznie | z serdecznymi pozdrowieniami
    s pozdravem | pozdrav | s přátelským pozdravem | zdraví | s úctou | hezký den | s přáním hezkého dne
    s pozdravom | s priateľským pozdravom | srdačan pozdrav | lijep pozdrav | s poštovanjem | lep pozdrav
    lp | srdačno | lijepi pozdrav | s spoštovanjem | lepo te pozdravljam
    с уважением | с наилучшими пожеланиями | всего доброго | всего хорошего | искренне ваш | с приветом
    с ув | наилучшие пожелания | с почтением | всех благ | удачи | с теплом
    з повагою | з найкращими побажаннями | на все добре | щиро ваш | щиро ваша | усього найкращого
    よろしくお願いします | よろしくお願いいたします | よろしくお願い致します | 宜しくお願いします
    宜しくお願いいたします | 宜しくお願い致します | どうぞよろしくお願いします | どうぞよろしくお願いいたします
    以上、よろしくお願いします | 以上、よろしくお願いいたします | 以上、よろしくお願い致します | 敬具 | 草々 | かしこ
    以上です。よろしくお願いします | 以上です。よろしくお願いいたします | 以上、宜しくお願いします
    以上、宜しくお願い致します
    引き続きよろしくお願いいたします | 引き続きよろしくお願いします | よろしくおねがいします
    以上宜しくお願い致します
    此致 | 敬礼 | 敬禮 | 此致敬礼 | 祝好 | 顺祝商祺 | 順祝商祺 | 敬上 | 致礼 | 顺颂商祺 | 祝商祺 | 此致 敬礼
    祝工作顺利 | 祝您工作顺利 | 谨上 | 謹上 | 敬祝 | 祝安 | 敬颂商祺 | 致敬 | 顺致商祺
    안녕히 계세요 | 수고하세요 | 좋은 하루 되세요 | 올림 | 드림 | 안녕히 계십시오 | 수고하십시오
    trân trọng | thân mến | thân ái | kính thư | chào thân ái | trân trọng kính chào | thân
    בברכה | בכבוד רב | בברכה רבה | כל טוב | ד״ש | בידידות
    مع خالص التحيات | مع التحية | تحياتي | أطيب التحيات | مع أطيب التحيات | خالص التحية | مع تحياتي
    مع فائق الاحترام | تفضلوا بقبول فائق الاحترام | وتفضلوا بقبول فائق الاحترام | تحية طيبة | مع أطيب تحياتي
    saygılarımla | iyi çalışmalar | sevgiler | selamlar | saygılar | iyi günler | kolay gelsin | sevgilerimle
    saygılarımızla | en iyi dileklerimle | iyi çalışmalar dilerim | esenlikler | saygı ve sevgilerimle
    cu stimă | cu respect | toate cele bune | cu drag | üdvözlettel | tisztelettel | üdv | szívélyes üdvözlettel
    με εκτίμηση | φιλικά | χαιρετισμούς | με φιλικούς χαιρετισμούς | с уважение | поздрави | с поздрав
    salam | hormat kami | salam hormat | hormat saya | ขอแสดงความนับถือ | ด้วยความเคารพ
    salutacions | atentament | una salutació | salutacions cordials | agur | saúdos
    lugupidamisega | tervitades | parimate soovidega | ar cieņu | pagarbiai | su pagarba | kveðja
    bestu kveðjur
    با احترام | با سپاس | सादर | भवदीय | срдачан поздрав | с поштовањем | xoxo | take care | talk soon
""")
)

# Words that may be the answer itself ("Thanks!"): cut only together with the name below them.
THANKS = frozenset(
    listed("""
    kthxbye | kthx | kbye | cu | cya | l8r | bis denne | ciao ciao | ciao ciao ciao | grüssle | grüssli
    thanks | thank you | many thanks | thanks again | thanks in advance | thank you in advance | thx | ty
    thanks a lot | thanks so much | thank you very much | thanks and regards | thanks & regards | cheers
    thanks and best regards | thanks & best regards | best | love | bye | br | kr | see you | ciao
    ++ | @+ | a++ | with thanks | thanks much | much appreciated | thank you so much | thank you and best regards
    danke | vielen dank | besten dank | herzlichen dank | danke im voraus | vielen dank im voraus | bis dann
    danke und gruß | tschüss | bis morgen | bis bald | dankeschön | danke schön | danke vorab | ciao
    merci | merci d'avance | merci beaucoup | à bientôt | bonne journée | belle journée | bonne soirée | à+
    à demain | bon week-end | encore merci | gracias | muchas gracias | gracias de antemano | mil gracias
    hasta luego | hasta mañana | gracias y saludos | obrigado | obrigada | muito obrigado | muito obrigada
    grato | grata | até mais | até logo | até amanhã | desde já obrigado | grazie | grazie mille | a presto
    grazie e saluti | a domani | bedankt | dank | alvast bedankt | dank je wel | dank je | tot ziens
    fijne dag | tack | tack på förhand | tack så mycket | ha det bra | ha det | tak | på forhånd tak
    mange tak | takk | på forhånd takk | tusen takk | kiitos | kiitos etukäteen | dziękuję | dzięki
    z góry dziękuję | miłego dnia | děkuji | díky | předem děkuji | ďakujem | hvala | hvala lepa
    спасибо | с благодарностью | большое спасибо | заранее спасибо | до встречи | до свидания | пока
    благодарю | дякую | щиро дякую | заздалегідь дякую | до зустрічі | ありがとうございます | 以上 | 以上です
    ありがとうございました | では | それでは | 谢谢 | 謝謝 | 多谢 | 多謝 | 谢谢! | 감사합니다 | 고맙습니다
    cảm ơn | xin cảm ơn | cám ơn | trân trọng cảm ơn | תודה | תודה רבה | בתודה | המון תודה | תודה מראש
    شكرا | شكراً | شكرا جزيلا | شكرًا | وشكرا | teşekkürler | teşekkür ederim | görüşmek üzere | mulțumesc
    köszönöm | köszönettel | ευχαριστώ | благодаря | terima kasih | ขอบคุณครับ | ขอบคุณค่ะ | ขอบคุณ
    gràcies | moltes gràcies | aitäh | paldies | ačiū | takk fyrir | با تشکر | धन्यवाद | хвала | eskerrik asko
""")
)

# One of these inside a line of a few words makes it a farewell too ("Sonnige Grüße aus Berlin").
KERNELS = listed("""
    grüße | grüsse | gruesse | gruß | gruss | grüßen | regards | salutations | saludos | groeten | hälsning
    hilsen
    terveisin | pozdrav | saluti | cumprimentos
""")

# And where they come from ("Greetings from sunny Split").
FROM_AFAR = listed("""
    greetings from | best from | cheers from | love from | regards from | grüße aus | grüsse aus | gruß aus
    viele grüße aus | liebe grüße aus | salutations de | bises de | amitiés de | saludos desde | abrazos desde
    saluti da | un saluto da | groeten uit | groetjes uit | hälsningar från | hilsen fra | hilsner fra
    pozdrowienia z | pozdrav z | привет из | вітання з
""")

# Whole sentences that end a formal letter begin so.
FORMULAS = listed("""
    je vous prie d'agréer | veuillez agréer | veuillez recevoir | nous vous prions d'agréer | recevez, madame
    je vous prie de croire | reciba un cordial saludo | reciban un cordial saludo | sin otro particular
    in attesa di un suo | in attesa di un vostro cortese | con osservanza
""")
