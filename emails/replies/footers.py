"""What devices, programs and legal departments write below a mail. Casefolded; data only."""

from emails.replies.listings import listed

# Lines that begin so and go on for a few words were written by a telephone.
DEVICE_PREFIXES = listed("""
    sent from my | sent on my | sent via my | sent by my | composed on my | typed on my | written on my
    sent from outlook | sent from mail for | sent from yahoo | sent from gmail | sent from proton
    sent from mobile
    sent from phone | sent from mailbox | sent from samsung | sent from blackberry | sent from iphone
    sent from ipad
    get outlook for | download outlook for | get boxbe | get mailspring | from my iphone | from my android
    von meinem | diese nachricht wurde von meinem | gesendet von meinem | gesendet von mail
    holen sie sich outlook
    outlook für ios | outlook für android | gesendet mit der | von unterwegs gesendet | von meiner
    vom handy gesendet
    envoyé de mon | envoyé depuis mon | envoyé à partir de | télécharger outlook | obtenez outlook
    envoyé de ma
    téléchargez outlook | provenance : courrier | envoyé depuis | obtenir outlook | expédié de mon
    de mon iphone
    enviado desde mi | enviado desde | obtener outlook | enviado de mi | descarga outlook
    enviado de samsung mobile
    enviado do meu | enviado a partir | enviado de meu | obter o outlook | baixar o outlook | enviada do meu
    inviato da iphone | inviato dal mio | scarica outlook | ottieni outlook | inviato da ipad
    inviato da outlook
    inviato dalla mia | inviato da smartphone | inviato da posta per | inviato da libero mail | inviato da yahoo
    verzonden vanaf mijn | verstuurd vanaf mijn | verzonden vanaf | verstuurd vanaf | verzonden vanuit
    download outlook
    outlook voor ios | outlook voor android | verzonden met outlook | verzonden via mijn | vanaf mijn
    skickat från min | skickat från mitt | skickat från outlook | hämta outlook | skickat från e-post
    från min iphone
    sendt fra min | sendt fra mit | sendt fra outlook | hent outlook | sendt fra mail | skaff deg outlook
    last ned outlook | sendt fra e-post | lähetetty iphone | lähetetty ipad | lähetetty outlook | hanki outlook
    lähetetty laitteesta | lähetetty puhelimesta | lähetetty samsung | lähetetty android | lähetetty minun
    wysłane z iphone | wysłane z mojego | wysłano z iphone | wysłano z | pobierz aplikację outlook
    pobierz outlook
    wysłane z telefonu | wysłane z aplikacji | wysłane z poczty | wysłane z urządzenia | wysłane z ipada
    odesláno z | posláno z | získejte outlook | stáhnout outlook | odoslané z | odesláno pomocí | získat outlook
    отправлено с | отправлено из | послано с | скачать outlook | получить outlook | отправлено через
    надіслано з | відправлено з | отримати outlook | завантажити outlook | изпратено от | poslano s | poslano iz
    发自我的 | 發自我的 | 从我的 | 從我的 | 来自我的 | 来自 | 發送自 | 发送自 | 获取 outlook | 取得 outlook
    发自 | 获取适用于 | 傳送自 | 寄自我的 | 나의 iphone | 나의 ipad | ios용 outlook | android용 outlook
    내 iphone | 내 갤럭시 | outlook for ios | outlook for android | outlook pour | outlook para | outlook per
    được gửi từ | đã gửi từ | gửi từ | tải outlook | נשלח מה | נשלח מ | קבל את outlook | הורד את outlook
    أُرسلت من | أرسلت من | تم الإرسال من | الحصول على outlook | مرسل من | مُرسل من | احصل على outlook
    trimis de pe | obțineți outlook | elküldve | küldve | az iphone-omról | στάλθηκε από | αποστολή από
    dikirim dari | ส่งจาก | enviat des de | enviat desde | saadetud minu | išsiųsta iš | nosūtīts no
""")

# Lines that end so: languages that put the verb last.
DEVICE_SUFFIXES = listed("""
    gesendet | から送信 | から送信されました | を入手 | を取得 | 에서 보냄 | 에서 보냈습니다 | 다운로드 | 에서 보냄.
    gönderildi | edinin | indirin | 傳送 | 传送 | 发送 | 發送 | より送信 | beziehen | herunterladen | downloaden
""")

# A second sentence that may follow.
EXCUSES = listed("""
    please excuse | excuse | apologies | sorry for | pardon | please forgive | bitte entschuldige | entschuldige
    veuillez excuser | excusez | disculpe | perdona | desculpe | mi scuso | excuseer | ursäkta | beklager | undskyld
""")

# A looser "sent from/with/via" counts only with the name of a device or program in the same line.
SENDINGS = listed("""
    sent from | sent via | sent with | sent using | sent by | sent through | written with | composed with
    gesendet von | gesendet mit | gesendet über | gesendet aus | versendet mit | verschickt mit
    envoyé avec | envoyé par | envoyé via | envoyé grâce | enviado con | enviado mediante | enviado por
    enviado via | enviado pelo | enviado com | inviato con | inviato da | inviato tramite | verzonden met
    verstuurd met | verzonden via | skickat från | skickat med | sendt fra | sendt med | sendt via | lähetetty
    wysłane z | wysłane za | odesláno | mit der mobilen | powered by | secured with | delivered by
""")
PRODUCTS = listed("""
    iphone | ipad | ipod | android | samsung | galaxy | blackberry | outlook | yahoo | gmail | proton | aol
    windows | nokia | htc | huawei | xiaomi | redmi | oneplus | pixel | mobile | smartphone | handy | mobil
    spark | superhuman | mailspring | front | mimestream | airmail | canary | newton | edison | thunderbird
    k-9 | k9 | aquamail | aqua mail | boxer | hey | shortwave | missive | gmx | web.de | tutanota | tuta
    zoho | fastmail | mail.ru | yandex | яндекс | мобиль | apple watch | polymail | em client | mailbird
    postbox | bluemail | blue mail | nine | typeapp | libero | orange | free mobile | virgilio | t-online
    telekom | vodafone | verizon | sprint | at&t | t-mobile | phone | telefon | tablet | handheld | wireless
    mac | zimbra | roundcube | myphone | sony | xperia | motorola | moto | lg | surface | 邮箱 | メール
    手机 | 手機 | スマホ | 스마트폰 | 휴대폰 | telephone | téléphone | teléfono | telefoon | puhelim
""")

# A paragraph that begins with one of these …
LEGAL_OPENINGS = listed("""
    this e-mail | this email | this message | this communication | this transmission | the information contained
    the information in this | the content of this | the contents of this | confidentiality | disclaimer
    legal notice
    notice | important | privileged | if you are not the intended | if you have received this | please consider
    please note | think before | any views | please think | virus-free | registered in | warning | caution
    private
    you received this message because | you are receiving this | to unsubscribe | reply to this email directly
    the views | internet communications | e-mail transmission | scanned by | before printing | consider the env
    diese e-mail | diese email | diese mail | diese nachricht | der inhalt dieser | vertraulich
    bitte denken sie
    denken sie an | bitte prüfen sie | rechtlicher hinweis | die information | hinweis | der austausch von nachr
    ce message | ce courriel | cet e-mail | cet email | les informations | avis de conf | l'intégrité | pensez à
    le contenu de | avant d'imprimer | ce mail | este mensaje | este correo | aviso legal | aviso de
    la información
    este e-mail | este email | antes de imprimir | el contenido de | le informamos | en cumplimiento
    esta mensagem
    esta comunicação | as informações | questo messaggio | questa e-mail | le informazioni | ai sensi
    il contenuto
    questa email | avviso di | prima di stampare | dit bericht | deze e-mail | deze email | de informatie
    de inhoud
    dit e-mail | detta meddelande | detta e-post | det här | informationen i | denne e-mail | denne mail
    denne e-post
    denne meddelelse | denne meldingen | dette er en fortrolig | tämä viesti | tämä sähköposti | niniejsza
    ta wiadomość
    wiadomość ta | treść tej | tato zpráva | tento e-mail | tento email | obsah této | настоящее | данное сообщ
    это сообщение | это электронное | внимание | эта электронная | це повідомлення | цей лист | このメール | 本メール
    このeメール | この電子メール | 本邮件 | 此邮件 | 本郵件 | 此郵件 | 本电子邮件 | 이 메일 | 본 메일
    이 이메일 | 본 이메일
    bu e-posta | bu mesaj | bu elektronik | הודעה זו | המידע | דואר אלקטרוני זה | هذه الرسالة | هذا البريد
    email này
    thư này | thông tin trong | acest mesaj | acest e-mail | ez az e-mail | ez az üzenet | το παρόν | pesan ini
""")

# … and holds one of these is a notice nobody wrote.
LEGAL_KERNELS = listed("""
    confidential | privileged | intended recipient | intended only | intended for | intended solely | virus
    printing this | environment | unsubscribe | view it on github | legally | before you print
    registered office
    company number | avast | unlawful | disclosure | vertraulich | viren | umwelt | rechtlich geschützt
    ausdruck
    geheim | confidentiel | destinataire | imprimer | confidencial | destinatari | imprimir
    protección de datos
    riservat | stampare | privacy | vertrouwelijk | geadresseerde | bestemd | afdruk | konfidentiell | avsedd
    fortrolig | luottamuksel | poufn | důvěrn | конфиденциальн | конфіденційн | 機密 | 机密 | 保密 | 기밀 | 비밀
    gizli | סודי | חסוי | خصوصي | سري | bảo mật | confidenţial | confidențial | bizalmas | εμπιστευτικ | rahasia
    誤って | 誤送信 | вирус | antivirus | önüne | personenbezogen | salaiset | salassa | personvern | gdpr
""")
