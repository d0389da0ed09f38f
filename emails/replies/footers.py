"""What devices, programs and legal departments write below a mail. Casefolded; data only."""

from emails.replies.listings import listed

# "Sent from my …" needs no more than a few words after it.
MINE = listed("""
    sent from my | sent on my | sent via my | sent by my | composed on my | typed on my | written on my
    from my iphone
    from my android | diese nachricht wurde von meinem | gesendet von meinem | gesendet von meiner
    vom handy gesendet
    von unterwegs gesendet | mobil gesendet | envoyé de mon | envoyé de ma | envoyé depuis mon | expédié de mon
    envoyé à partir de mon | de mon iphone | enviado desde mi | enviado de mi | enviado do meu | enviada do meu
    enviado de meu | enviado a partir do meu | inviato dal mio | inviato dalla mia | verzonden vanaf mijn
    verstuurd vanaf mijn | verzonden via mijn | skickat från min | skickat från mitt | sendt fra min | sendt fra mit
    lähetetty minun | wysłane z mojego | wysłano z mojego | odesláno z mého | odoslané z môjho | отправлено с моего
    надіслано з мого | 发自我的 | 發自我的 | 从我的 | 從我的 | 来自我的 | 寄自我的 | 나의 iphone | 나의 ipad
    내 iphone
    내 갤럭시 | saadetud minu
""")

# Other ways to say it count only where the name of a device or program follows within a few words …
SENDINGS = listed("""
    sent from | sent via | sent with | sent using | sent by | sent through | written with | composed with
    gesendet von | gesendet mit | gesendet über | gesendet aus | versendet mit | verschickt mit
    mit der mobilen | von meinem | von meiner | envoyé de | envoyé depuis | envoyé à partir | envoyé avec
    envoyé par | envoyé via | envoyé grâce | provenance : | enviado desde | enviado con | enviado mediante
    enviado por | enviado de | enviado via | enviado pelo | enviado com | enviado a partir | inviato con
    inviato da | inviato tramite | verzonden met | verzonden vanaf | verstuurd vanaf | verzonden vanuit
    verstuurd met | verzonden via | vanaf mijn | skickat från | skickat med | från min | sendt fra | sendt med
    sendt via | lähetetty | wysłane z | wysłano z | wysłane za | odesláno z | posláno z | odoslané z
    odesláno pomocí | отправлено с | отправлено из | отправлено через | послано с | надіслано з
    відправлено з | изпратено от | poslano s | poslano iz | 来自 | 發送自 | 发送自 | 发自 | 傳送自 | 由 | 通过
    được gửi từ
    đã gửi từ | gửi từ | נשלח מה | נשלח מ | أُرسلت من | أرسلت من | تم الإرسال من | مرسل من | مُرسل من
    trimis de pe | elküldve | küldve | az | στάλθηκε από | αποστολή από | dikirim dari | ส่งจาก
    enviat des de | enviat desde | išsiųsta iš | nosūtīts no | powered by | secured with | delivered by
""")

# … or, where the verb comes last, precedes it.
SENT_LAST = listed("""
    gesendet | beziehen | herunterladen | downloaden | から送信 | から送信されました | より送信 | を入手 | を取得
    에서 보냄
    에서 보냈습니다 | 다운로드 | gönderildi | edinin | indirin | 傳送 | 传送 | 发送 | 發送
""")
# Where to get the program, and for which telephones.
GETTING = listed("""
    get | download | holen sie sich | télécharger | téléchargez | obtenez | obtenir | obtener | descarga
    obter o | baixar o | scarica | ottieni | hämta | hent | skaff deg | last ned | hanki | pobierz | získejte
    stáhnout | získat | скачать | получить | отримати | завантажити | 获取 | 取得 | 获取适用于 | tải | קבל את
    הורד את
    الحصول على | احصل على | obțineți
""")
PLATFORMS = ("ios", "android", "mobile", "iphone")
SMALL = frozenset(listed("从 | 由 | 從 | von | vom | mit | aus | meinem | meiner | diese | ios용 | android용"))
PRODUCTS = listed("""
    iphone | ipad | ipod | android | samsung | galaxy | blackberry | outlook | yahoo | gmail | proton | aol
    windows | nokia | htc | huawei | xiaomi | redmi | oneplus | pixel | mobile | smartphone | handy | mobil
    spark | superhuman | mailspring | mimestream | airmail | canary | newton | edison | thunderbird
    k-9 | k9 | aquamail | aqua mail | boxer | shortwave | missive | gmx | web.de | tutanota | tuta
    zoho | fastmail | mail.ru | yandex | яндекс | мобиль | apple watch | polymail | em client | mailbird
    postbox | bluemail | blue mail | typeapp | libero | free mobile | virgilio | t-online
    telekom | vodafone | verizon | sprint | at&t | t-mobile | phone | telefon | tablet | handheld | wireless
    zimbra | roundcube | myphone | sony | xperia | motorola | moto | lg | surface | 邮箱
    手机 | 手機 | スマホ | 스마트폰 | 휴대폰 | telephone | téléphone | teléfono | telefoon | puhelim
""")

# A second sentence that may follow.
EXCUSES = listed("""
    please excuse | excuse | apologies | sorry for | pardon | please forgive | bitte entschuldige | entschuldige
    veuillez excuser | excusez | disculpe | perdona | desculpe | mi scuso | excuseer | ursäkta | beklager | undskyld
""")

# A paragraph that begins with one of these …
LEGAL_OPENINGS = listed("""
    this e-mail | this email | this message | this communication | this transmission | the information contained
    the information in this | the content of this | the contents of this | confidentiality | disclaimer | legal notice
    privileged | if you are not the intended | if you have received this | any views | the views
    internet communications
    e-mail transmission | notice | important | please note | warning | private
    diese e-mail | diese email | diese mail | diese nachricht | der inhalt dieser | vertraulich | rechtlicher hinweis
    die information | hinweis | der austausch von nachr | ce message | ce courriel | cet e-mail | cet email
    les informations | avis de conf | l'intégrité | le contenu de | ce mail | este mensaje | este correo | aviso legal
    aviso de | la información | este e-mail | este email | el contenido de | le informamos | en cumplimiento
    esta mensagem | esta comunicação | as informações | questo messaggio | questa e-mail | questa email
    le informazioni | ai sensi | il contenuto | avviso di | dit bericht | deze e-mail | deze email | de informatie
    de inhoud | dit e-mail | detta meddelande | detta e-post | det här | informationen i | denne e-mail | denne mail
    denne e-post | denne meddelelse | denne meldingen | dette er en fortrolig | tämä viesti | tämä sähköposti
    niniejsza | ta wiadomość | wiadomość ta | treść tej | tato zpráva | tento e-mail | tento email | obsah této
    настоящее | данное сообщ | это сообщение | это электронное | внимание | эта электронная | це повідомлення
    цей лист
    このメール | 本メール | このeメール | この電子メール | 本邮件 | 此邮件 | 本郵件 | 此郵件 | 本电子邮件 | 이 메일
    본 메일
    이 이메일 | 본 이메일 | bu e-posta | bu mesaj | bu elektronik | הודעה זו | המידע | דואר אלקטרוני זה | هذه الرسالة
    هذا البريد | email này | thư này | thông tin trong | acest mesaj | acest e-mail | ez az e-mail | ez az üzenet
    το παρόν | pesan ini
""")

# … and is this long …
LEGAL_LENGTH = 60  # characters; Chinese, Japanese and Korean need half of them

# … and holds one of these is a notice nobody wrote.
LEGAL_KERNELS = listed("""
    confidential | privileged | intended recipient | intended only | intended for | intended solely | the addressee
    unlawful | disclosure | vertraulich | rechtlich geschützt | geheim | confidentiel | destinataire | confidencial
    destinatari | protección de datos | riservat | vertrouwelijk | geadresseerde | bestemd | konfidentiell | avsedd
    fortrolig | luottamuksel | salassa | poufn | důvěrn | конфиденциальн | конфіденційн | 機密 | 机密 | 保密 | 기밀
    비밀
    誤って | 誤送信 | gizli | סודי | חסוי | خصوصي | سري | bảo mật | confidenţial | confidențial | bizalmas
    εμπιστευτικ
    rahasia | auf viren | checked for viruses | antivirus | company number | registered office
""")

# Lines of programs and of causes, known by how they begin.
BOASTS = listed("""
    virus-free. | this email has been checked for viruses | this email has been scanned | scanned by | avast logo
    diese e-mail wurde von avast | diese e-mail wurde auf viren | cet e-mail a été vérifié
    l'absence de virus dans ce
    este correo electrónico ha sido comprobado | este e-mail foi verificado | libre de virus. | virenfrei.
    sans virus.
    please consider the environment | think before you print | think before printing | please think of the environment
    save a tree | before printing this | please don't print this | bitte denken sie an die umwelt
    denken sie an die umwelt
    bitte prüfen sie, ob diese | pensez à l'environnement | pensez à la planète | avant d'imprimer | antes de imprimir
    prima di stampare | denk aan het milieu | tænk på miljøet | tänk på miljön | tenk på miljøet | pomyśl o środowisku
    you received this message because you are subscribed | you are receiving this because | to unsubscribe from this
    to view this discussion | for more options, visit | reply to this email directly | unsubscribe from this list
""")
