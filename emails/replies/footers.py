"""What devices and programs write below a mail. Casefolded; data only."""

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

# Other ways to say it count only if every word of the line is one of these, one of them tells that something was
# sent …
SENT = frozenset(
    listed("""
    sent | send | composed | written | typed | gesendet | versendet | verschickt
    geschrieben | versandt | envoyé | envoyée | expédié | rédigé | enviado | enviada | mandado | escrito | inviato
    inviata | spedito | verzonden | verstuurd | gestuurd | skickat | skickad | skickades | sänt | sendt | lähetetty
    wysłane | wysłano | wysłana | odesláno | posláno | odoslané | poslané | отправлено | послано | отправлена
    написано | надіслано | відправлено | изпратено | poslano | послато | enviat | išsiųsta | nosūtīts | saadetud
    trimis | trimisă | elküldve | küldve | στάλθηκε | εστάλη | αποστολή | dikirim | dihantar | ส่งจาก | gửi | נשלח
    נשלחה | أُرسلت | أرسلت | مُرسل | مرسل | مرسلة | الإرسال | gönderildi | gönderilmiştir | yollandı | iletildi
    provenance
""")
)
TOWARDS = frozenset(
    listed("""
    to | an | a | à | al | aan | naar | till | til | für | for | pour | para | per | voor | dla | pro | pre | для | до
    the | das | die | message | mail | email | cho | إلى | إلى
""")
)
# … or is to be had, where that is Outlook for some telephone …
HAD = frozenset(
    listed("""
    get | download | beziehen | herunterladen | holen | laden | télécharger | téléchargez | obtenir | obtenez
    obtener | obtén | descarga | descargar | descargue | consigue | obter | obtenha | baixar | baixe | transferir
    scarica | scaricare | ottieni | downloaden | download | krijg | haal | hämta | skaffa | hent | få | skaff | last
    hanki | lataa | pobierz | uzyskaj | pobrać | získat | získejte | stáhnout | stáhněte | získať | stiahnuť
    получить | получите | скачать | загрузить | скачайте | отримати | завантажити | завантажте | edinin | indirin
    alın | edin | indir | tải | lấy | nhận | obțineți | descărcați | λήψη | αποκτήστε | dapatkan | unduh | קבל
    הורד | קבלו | הורידו | الحصول | احصل | تنزيل | حمل | beszerzése | letöltése | รับ | ดาวน์โหลด
""")
)
MAILERS = frozenset(listed("outlook | bluemail | typeapp | spark | newton | edison | mymail | aquamail | airmail"))
PLATFORMS = frozenset(listed("macos | ios | android | mobile | iphone | ipad | mac | windows | ios'u"))
# … and another names a device or a program. The rest is small.
SMALL = frozenset(
    listed("""
    mac | macos |
    all | new | sicher | sicheren | sichere | sicherer | messagerie | sécurisée | electrónico | seguro | segura
    sicura | sicuro | elettronica | eletrônico | eletrónico | beveiligde | veilige | säker | säkra | sikker | sikre
    turvallinen | turvallisella | bezpieczny | bezpiecznej | bezpiecznego | zabezpečený | zabezpečeným | bezpečným
    безопасной | защищенной | защищённой | безпечної | bảo | mật | güvenli | المشفر | الآمن | mails | com | dari
    מדואר | d | l | auf | postadan | üzerinden | şunun | de | from | my | a | an | the | via | with | using | by
    on | through | for | to | of | at | and | secure | secured | email | e-mail | mail | client | app | application
    apps | device | handset | version | message | this | was | official | world | one | workspace | lite | inbox
    encrypted | version | go | free | pro | max | plus | mini | ultra | 5g | 4g | lte | on | go | network | system
    von | vom | meinem | meiner | mein | meinen | mit | der | dem | die | das | den | für | aus | über | per | sie
    sich | nachricht | diese | wurde | gerät | handy | unterwegs | de | mon | ma | le | la | les | depuis | à
    partir | avec | pour | grâce | par | l'application | d' | appareil | courrier | du | ce | desde | mi | con
    para | el | dispositivo | correo | app | aplicación | do | meu | minha | pelo | pela | no | na | o | da | em
    aplicativo | correio | aparelho | dal | dalla | dall'app | mio | mia | tramite | per | il | su | posta | vanaf
    mijn | met | voor | vanuit | op | het | från | min | mitt | för | till | på | e-post | enhet | fra | mit | til
    deg | ned | enhed | minun | mistä | laitteesta | sähköposti | sähköpostista | n | z | ze | mojego | mého | môjho
    za | pomocą | pomocí | programu | aplikacji | aplikace | aplikaci | aplikácie | systemu | aplikację | program
    dla | pro | pre | poczta | poczty | poczcie | pošta | pošty | s | со | с | из | моего | моей | мой | на | для
    через | помощью | почты | почта | почте | приложения | мобильного | устройства | системы | з | зі | із | мого
    моєї | за | допомогою | пошти | пристрою | від | için | ile | mobil | cihazımdan | cihazım | posta
    uygulamasını | uygulaması | üzerinden | isimli | 'u | từ | của | tôi | cho | trên | được | đã | bằng | dành | về
    thư | thông | minh | ứng | dụng | thoại | pe | de | pentru | meu | mea | az | a | του | για | το | από | μου
    του | saya | untuk | מ | מה | מתוך | שלי | עבור | את | ל | ל- | מ- | מה- | דואר | מכשיר | من | الـ | لـ | على
    عبر | باستخدام | تم | جهاز | جهازي | الخاص | بي | بريد | تطبيق | الذكي | ل | ของฉัน | mans | meist
""")
)
PRODUCTS = listed("""
    spike | mailtime | gmelius | mailtrack | streak | boomerang | iphon | ipad | мобил | điện | mobiele | akıllı
    smart | ipod | ios | ipados | macos | android | samsung | galaxy | blackberry | outlook | yahoo | gmail | proton
    aol | windows | nokia | htc | huawei | xiaomi | redmi | oneplus | pixel | smartphon | smarttelefon | smartfon
    mobil | spark | superhuman | mailspring | mimestream | airmail | canary | newton | edison | thunderbird | k-9
    k9 | aquamail | aqua | boxer | shortwave | missive | gmx | web.de | tutanota | tuta | zoho | fastmail | mail.ru
    mymail | yandex | яндекс | мобиль | смартфон | телефон | polymail | mailbird | postbox | bluemail | typeapp
    libero | virgilio | t-online | telekom | vodafone | verizon | sprint | at&t | t-mobile | phone | telefon
    telefono | téléphon | tablet | tablette | handheld | wireless | zimbra | roundcube | myphone | sony | xperia
    motorola | surface | teléfono | telefoon | telefone | puhelim | älypuhelim | notion | unibox | rediffmail
    seznam | onet | wp | interia | freebox | laposte | sfr | naver | foxmail | watch | mailmate | handy
    mobiltelefon | android-mobiltelefon | android-gerät | huawei-mobiltelefon | celular | móvil | telemóvel | cell
    מהאייפון | מהנייד | מהטלפון | מהסמארטפון | מסמארטפון | אייפון | هاتف | جوال | آيفون | الهاتف | mobilu | telefonu
    mobilen | mobiel | ukr.net | i.ua | bitdefender | wechat | dienstlich | iphone'
""")

# Those that are ordinary words, or begin some, count whole.
BRANDS = frozenset(listed("hey | nine | front | free | orange | blue | em | wp | lg | moto | o2"))

# Chinese, Japanese and Korean write without spaces: what is left of a line without these must be no letter.
JOINED = listed("""
    for | iphone | ipad | ios | ipados | android | windows | outlook | galaxy | yahoo! | yahoo | gmail | foxmail | qq
    xperia | samsung | huawei | xiaomi | pixel | aquos | arrows | proton | spark | naver | daum | 华为 | 小米 | 三星
    荣耀 | 苹果 | 网易 | 新浪 | 阿里 | 企业 | 微信 | 安卓 | 手机 | 手機 | 平板 | 邮箱大师 | 邮箱 | 郵箱 | 信箱
    邮件 | 郵件 | 应用 | 應用程式 | 移动版 | 手机版 | 客户端 | 大师 | 发送自 | 發送自 | 发自 | 發自 | 寄自 | 来自
    來自 | 傳送自 | 发送 | 發送 | 傳送 | 传送 | 寄出 | 寄件者: | 获取 | 獲取 | 下载 | 下載 | 取得 | 适用于 | 適用於
    我的 | 从 | 從 | 由 | 通过 | 透過 | 使用 | 版本 | 版 | 用 | 的 | 自 | 私の | 僕の | スマートフォン | スマホ
    携帯電話 | 携帯 | 端末 | モバイル | アプリ | メール | アイフォン | ギャラクシー | から | より | にて | で | の
    送信しています | 送信されました | 送信された | 送信しました | 送信 | 送られました | を入手してください | を入手
    を取得 | をダウンロード | 入手 | ダウンロード | を | 나의 | 내 | 저의 | 아이폰 | 아이패드 | 갤럭시 | 삼성
    네이버 | 다음 | 카카오 | 한메일 | 휴대폰 | 스마트폰 | 핸드폰 | 모바일 | 메일앱 | 메일 | 앱 | 에서 | 으로 | 로
    보냈습니다 | 보낸 | 보냄 | 발송 | 전송 | 용 | 을 | 를 | 받기 | 가져오기 | 다운로드하세요 | 다운로드 | 다운 | 10
""")
JOINED_SENT = listed("""
    发 | 發 | 送 | 寄 | 来自 | 來自 | 获取 | 獲取 | 下载 | 下載 | 取得 | 入手 | ダウンロード | 보냈 | 보냄 | 보낸
    발송 | 전송 | 받기 | 가져오기 | 다운
""")
JOINED_PRODUCTS = listed("""
    iphone | ipad | ios | android | windows | outlook | galaxy | yahoo | gmail | foxmail | qq | xperia | samsung
    华为 | huawei | xiaomi | pixel | aquos | arrows | proton | spark | naver | daum | 小米 | 三星 | 荣耀 | 苹果
    网易 | 新浪 | 阿里 | 手机 | 手機 | 邮箱 | 信箱 | スマートフォン | スマホ | 携帯 | 端末 | モバイル | アイフォン
    아이폰 | 아이패드 | 갤럭시 | 삼성 | 네이버 | 다음 | 카카오 | 휴대폰 | 스마트폰 | 핸드폰 | 모바일
""")

# Whole lines.
PLAIN = frozenset(
    listed("""
    yahoo mail: search, organize, conquer | sent on the go | sent on the move | typed on a tiny keyboard
    sent from mobile | typed with thumbs | sent from the road | sent while mobile | mobil gesendet
    von unterwegs gesendet | vom handy gesendet | vom smartphone gesendet | unterwegs gesendet
    envoyé en déplacement | envoyé du mobile | verzonden onderweg | onderweg verzonden | sent from my home office
    brief, weil vom handy | securely sent with tutanota. claim your encrypted mailbox today | get the app
""")
)

# Whatever their makers add to them.
BOASTS = listed("""
    sent from mailspring | sent via superhuman | sent with mailspring | sent from spark mail
    sent from newton | sent from polymail | sent with polymail | sent via shortwave | sent with mailtrack
    secured with tuta | secured with tutanota | sent from nylas n1 | sent from postbox | sent from canary
    sent with unibox | sent using hiri
""")

# What the writer of one's own tagline is sorry for.
SLIPS = listed("""
    typo | misspelling | brevity | autocorrect | fat fingers | tippfehler | fautes de frappe | erratas | errori di
    tikfout | skrivfel
""")
# How such a line begins.
TYPED = listed(
    "sent by | sent from | sent via | typed | tapped | dictated | composed | written | swiped | getippt | gesendet"
)

# A second sentence that may follow.
EXCUSES = listed("""
    please excuse | excuse | apologies | sorry for | pardon | please forgive | bitte entschuldige | entschuldige
    veuillez excuser | excusez | disculpe | perdona | desculpe | mi scuso | excuseer | ursäkta | beklager | undskyld
    por favor | perdonate | scusate | disculpen | wybacz | omluvte | извините | вибачте | lütfen | mijn excuses
    unnskyld | anteeksi
""")
