"""Farewells people put together from a few words: `Have a lovely evening`, `Schönes Wochenende`. Data only.

In a line, `/` stands between words to choose from, `-` for none of them, `_` for a space inside a choice; a choice
may go on below a `/`.
"""

from emails.replies.listings import combined

_WISHES = combined(
    """
    have/enjoy a/your/the good/great/nice/lovely/wonderful/fantastic/ pleasant/relaxing/super/-
    day/weekend/evening/week one/- | have a good/great/nice/lovely/wonderful/fantastic
    day/weekend/evening/afternoon/week/night/one ahead/everyone/all/- | enjoy/have the/a/your good/great/nice/lovely/-
    rest_of_your/rest_of_the day/week/weekend/evening | thanks/thank_you and/- have a good/great/nice/lovely/wonderful
    day/weekend/evening/week/one | happy/good monday/friday/weekend/evening/night/holidays/day everyone/all/- |
    talk/speak/chat/see_you/see_ya/catch_you to_you/-
    soon/tomorrow/later/monday/then/next_week/next_time/around | with many/much/kind/warm/sincere/best/deep/my/our/-
    appreciation/gratitude/thanks/wishes/love/affection | best/kind/kindest/warm/warmest/many/all_my/my/our/very/with
    wishes/best/thanks/greetings/love always/- | thanks/thank_you so/very/-
    much/kindly/again/a_lot/a_million/a_bunch/a_ton/ heaps/loads/everyone/all in_advance/- | many/- thanks/thank_you
    for your/all_your/the/all_the help/time/support/patience/understanding/ assistance/attention/- |
    looking/i_look/i'm_looking forward to hearing_from_you/hearing_back/your_reply/ your_feedback/your_response soon/-
    | respectfully/sincerely/truly/cordially/faithfully/ gratefully/kindly/warmly/always yours/submitted/- | all
    the/my best/love/thanks always/- | take good/- care everyone/all/and_talk_soon/- | be/stay well/safe/healthy |
    thanks/thank_you again/so_much/- for everything/all_your_help/your_help/the_help/all_this |
    peace/over_and/signing out/off | frohes/gutes/- schaffen/gelingen | schöne/frohe/ruhige/besinnliche/-
    feiertage/ferien/ostern/weihnachten/pfingsten |
    until_tomorrow/until_then/until_next_time/cheerio/toodles/peace/hugs/xx/xo |
    cheers/thanks/ta mate/all/everyone/team/guys/folks/again | einen/ein/-
    schönen/schönes/schöne/angenehmen/guten/ erholsames/ruhigen/gute/frohe tag/abend/feierabend/wochenende/woche/rest
    noch/euch/dir/- | einen/ein/- schönen/schönes/angenehmen/guten tag/abend/wochenende/feierabend
    wünscht/wünsche_ich/wünscht_dir/und_bis_bald | danke/besten_dank/vielen_dank/lieben_dank/herzlichen_dank
    dir/euch/ihnen/schon_mal/vorab/nochmal/nochmals/ im_voraus/sehr/schön/- |
    herzlichst/herzlich/freundlichst/alles_liebe/ liebst/deine/dein/ihre/ihr/euer/eure/es_grüßt/ es_grüsst
    dich/euch/sie/herzlich/freundlich/- | viele/beste/liebe/schöne/herzliche/sonnige/freundliche grüße/grüsse/gruesse
    und/& einen_schönen/schönen/einen_guten/schönes/ein_schönes tag/abend/wochenende/feierabend noch/- | bis/auf
    morgen/dann/bald/wiedersehen | mach's/macht's gut |
    servus/ade/pfiat_di/ciao/tschau | très/- bonne/belle/excellente/agréable fin_de/-
    journée/soirée/semaine/après-midi/nuit/réception/ continuation à_vous/à_toi/à_tous/- | bon/excellent
    weekend/week-end/après-midi/courage à_vous/à_toi/à_tous/- | merci et/- bonne/belle journée/soirée | à/a
    bientôt/demain/plus/tout_à_l'heure |
    bises/bisous/biz/amitiés/chaleureusement/ cordialement/sincèrement/salutations/au_plaisir/ a+/@+/ciao à_tous/- |
    bien/très sincèrement/cordialement/amicalement/ respectueusement/chaleureusement à_vous/- | je reste/demeure à
    votre/ta entière/- disposition | dans l'attente de votre/ta/vos/te retour/réponse/lire/nouvelles | avec/-
    mes/nos/toutes_mes/- meilleures/sincères/cordiales/respectueuses/remerciements/- salutations/remerciements/amitiés
    les_meilleures/distinguées/- | merci à_vous/à_toi/à_tous/encore/infiniment/bien/
    pour_tout/pour_votre_aide/pour_ton_aide/d'avance/ par_avance/- | que tengas/tenga/tengan/tengáis/pases/pase
    un/una/- buen/buena/excelente/lindo/gran/feliz día/tarde/noche/semana/fin_de_semana |
    buen/buena/buenas/buenos/feliz/lindo/excelente día/tarde/tardes/noche/noches/días/semana/ fin_de_semana/finde |
    hasta pronto/luego/mañana/la_vista | nos vemos/hablamos mañana/pronto/luego/- |
    quedo/quedamos/estoy/sigo atento/atenta/atentos/a_la_espera/ a_tu_disposición/a_su_disposición/pendiente
    a_tus_comentarios/a_sus_comentarios/ de_tus_noticias/de_su_respuesta/- |
    besos/beso/un_beso/cariños/salu2/abrazo/un_abrazo/ abrazos/muy_atentamente/atentos_saludos/sin_más/ bendiciones
    a_todos/- | muchas/muchísimas/mil/- gracias por_todo/por_tu_ayuda/por_su_ayuda/
    por_su_atención/de_nuevo/otra_vez/a_todos/ y_saludos/y_un_saludo/- | tenha/tenham/tem um/uma
    ótimo/ótima/bom/boa/excelente dia/tarde/noite/semana/fim_de_semana/fds | bom/boa/boas/ótimo/ótima/excelente/feliz
    dia/tarde/noite/semana/fim_de_semana/trabalho/ descanso/final_de_semana a_todos/pra_você/- |
    bjs/bj/beijo/beijos/beijinhos/bjos/abç/abçs/abs/ abração/um_abração/forte_abraço/fique_com_deus a_todos/- |
    fico/ficamos/estou à/a/no/ao disposição/aguardo/dispor | desde já agradeço/obrigado/obrigada/agradecido/grato |
    com/- estima/consideração/respeito/amizade | muito/- obrigado/obrigada/grato/grata/agradecido
    pela_ajuda/por_tudo/pela_atenção/novamente/- | respeitosamente/sem_mais/cordialmente/atentamente/at.te. | até
    mais/logo/amanhã/breve/já/a_próxima | buona/buon/buone/felice
    giornata/serata/weekend/week-end/fine_settimana/ lavoro/settimana/notte/pomeriggio/vacanze a_tutti/- | un/-
    abbraccio/bacio/caro_abbraccio/grande_abbraccio | baci/bacioni/cordialità/cordialmente/in_fede/
    con_stima/a_risentirci | ti/la/vi ringrazio/saluto/saluto_cordialmente/ ringrazio_molto/ringrazio_in_anticipo |
    molte/mille/tante/- grazie mille/ancora/in_anticipo/di_tutto/per_tutto/
    per_l'aiuto/a_tutti/e_buona_giornata/e_a_presto/ e_cordiali_saluti/- | resto/rimango
    a_disposizione/in_attesa/a_vostra_disposizione/ a_sua_disposizione/a_tua_disposizione | a/ci
    presto/domani/sentiamo/vediamo | alla prossima | een/-
    fijne/fijn/prettige/prettig/goede/goed/mooie/leuke dag/avond/weekend/week/middag/werkdag/dagen
    verder/nog/allemaal/- | tot morgen/snel/dan/ziens/gauw |
    liefs/dankjewel/dankuwel/doei/doeg/kus/knuffel/m.v.g/mvrg | met dank/veel_dank/hartelijke_dank/lieve_groet/
    warme_groet/sportieve_groet/collegiale_groet | veel/heel_erg/hartelijk dank/bedankt alvast/- |
    ha/ha_det/önskar_dig/trevlig/fin/bra/glad det/en/- så/fin/bra/trevlig/skön/härlig/- helg/dag/kväll/vecka/bra/fint
    | vi/- ses/hörs/syns/hörs_av imorgon/snart/senare/- | kram/kramar/puss/allt_gott/hej_då/hejdå/hej/
    soliga_hälsningar/varma_hälsningar | stort/tusen/många/jättestort/- tack
    och_hej/för_hjälpen/för_allt/igen/på_förhand/- | ha'/hav/ha en/et/- god/rigtig_god/dejlig/fortsat_god/fin
    dag/weekend/aften/uge/helg/kveld | rigtig/fortsat/- god/dejlig weekend/dag/aften/helg/kveld/uke/natt | vi
    ses/snakkes/tales/høres i_morgen/senere/snart/- | knus/klem/kys/dbh/snakkes/ha_det_bra/ha_det_fint/
    med_hilsen/mange_takk | tak/takk/mange_tak/tusen_tak/tusen_takk for hjælpen/hjelpen/i_dag/nå/det/alt |
    hyvää/mukavaa/kivaa/ihanaa/oikein_hyvää/hauskaa päivää/viikonloppua/iltaa/illanjatkoa/
    päivänjatkoa/viikkoa/päivän_jatkoa/ viikonlopun_jatkoa | paljon/suuret/lämmin/-
    kiitoksia/kiitokset/kiitos/kiittäen/kiitän paljon/avusta/vielä/etukäteen/jo_etukäteen/- |
    nähdään/moi/moikka/hei/hei_hei/halauksin/ rakkaudella/yst._terv/t/ystävällisin_terveisin/ aurinkoisin_terveisin
    huomenna/pian/- | miłego/dobrego/udanego/spokojnego/przyjemnego/ słonecznego/miłej/dobrej/udanej
    dnia/weekendu/wieczoru/popołudnia/tygodnia/nocy/pracy | do
    zobaczenia/jutra/usłyszenia/następnego/widzenia wkrótce/- | na razie | pozdrawiam
    ciepło/gorąco/mocno/serdecznie/i_dziękuję/ i_życzę_miłego_dnia | łączę/przesyłam wyrazy/serdeczne/ciepłe/-
    szacunku/pozdrowienia | ściskam/buziaki/całuję/uściski/trzymaj_się/ trzymajcie_się/cześć/hej |
    bardzo/serdecznie/z_góry/wielkie/- dziękuję/dzięki/dziękujemy za_pomoc/i_pozdrawiam/bardzo/- |
    přeji/přeju/mějte/měj/mám_přání/- hezký/pěkný/krásný/příjemný/úspěšný/klidný/dobrý/hezké
    den/víkend/večer/zbytek_dne/týden/odpoledne | mějte/měj se hezky/krásně/pěkně/dobře/- | na
    shledanou/viděnou/slyšenou | ahoj/čau/srdečně/zdravím/uctivě/zatím/ahojte/maj_sa/majte_sa |
    předem/moc/mockrát/velice/- děkuji/děkuju/díky/děkujeme/ďakujem za_pomoc/a_hezký_den/a_přeji_hezký_den/předem/moc/
    a_s_pozdravem/- | pekný/príjemný/krásny deň/víkend/večer/zvyšok_dňa |
    хорошего/хороших/отличного/приятного/доброго/ удачного/прекрасного вам/тебе/всем/-
    дня/вечера/выходных/рабочего_дня/отдыха | с наилучшими/самыми_добрыми/добрыми/лучшими пожеланиями | с уважением и
    наилучшими_пожеланиями/благодарностью/пожеланиями_успехов | до завтра/встречи/свидания/скорого/связи
    | на связи | обнимаю/целую/пока/счастливо/с_уважением_ваш/ удачи_всем/жму_руку | большое/огромное/заранее/-
    спасибо/благодарю/благодарен большое/огромное/заранее/за_помощь/за_внимание/ и_хорошего_дня/и_до_встречи/всем/- |
    гарного/хорошого/приємного/чудового/вдалого/гарних/доброго вам/тобі/- дня/вечора/вихідних/відпочинку | до
    побачення/завтра/зустрічі/зв'язку | бувай/бувайте/щасти/обіймаю/усього_найкращого/
    всього_найкращого/всього_доброго/усього_доброго | дуже/щиро/наперед/заздалегідь/велике/красно/-
    дякую/дякуємо/спасибі за_допомогу/наперед/і_гарного_дня/- |
    좋은/즐거운/행복한/편안한/기분_좋은/남은/오늘도_좋은/오늘도_즐거운 하루/주말/저녁/오후/밤/한_주/시간
    되세요/보내세요/되십시오/보내십시오/되시길_바랍니다 | 그럼/오늘도/항상/모두/늘/이만/-
    수고하세요/수고하십시오/수고_많으셨습니다/이만/안녕히_계세요/이만_줄입니다/들어가세요 |
    미리/항상/늘/대단히/정말/매우/깊이/거듭/도움에/- 감사합니다/감사드립니다/고맙습니다/감사/감사해요/고마워요 |
    chúc/chúc_bạn/chúc_anh/chúc_chị/chúc_mọi_người một/có_một/- ngày/buổi_tối/cuối_tuần/tuần/buổi_chiều
    tốt_lành/vui_vẻ/an_lành/mới_tốt_lành/nhiều_niềm_vui/tốt | hẹn/hẹn_sớm gặp_lại/gặp_lại_bạn/gặp_lại_sau/gặp_bạn_sau
    | chào/tạm_biệt/thân_chào/thân_mến bạn/anh/chị/em/mọi_người/- | xin/rất/- cảm_ơn/cám_ơn/chân_thành_cảm_ơn
    bạn/anh/chị/em/mọi_người/nhiều/rất_nhiều/trước | יום/ערב/שבוע/סוף_שבוע/שבת/חג/לילה/המשך_יום/
    המשך_שבוע/המשך_ערב/סופ״ש טוב/נעים/שלום/שמח/מקסים/נפלא/מוצלח לכולם/לכם/לך/- |
    להתראות/ביי/נשתמע/נתראה/שלך/שלכם/אוהב/אוהבת/ בהוקרה/בהערכה/בתודה/בידידות/בחברות מחר/בקרוב/רבה/מראש/- |
    תודה/בתודה/המון_תודה/תודה_רבה ו/וברכה/לך/לכם/לכולם/על_העזרה/מראש/רבה | בברכת חברים/חבר/שבוע_טוב/הצלחה/שנה_טובה |
    בברכה חמה/ובתודה/רבה | مع/- خالص/أطيب/جزيل/وافر/أصدق/كل/فائق/أجمل/-
    الشكر/تحياتي/التحية/التحيات/الاحترام/التقدير/الود/الحب لكم/والتقدير/والاحترام/والامتنان/لك/- | مع فائق/خالص/كامل
    الاحترام/التقدير/الشكر والتقدير/والاحترام/والامتنان | مع السلامة/ألف_سلامة | إلى اللقاء | في أمان الله | دمت/دمتم
    بخير/بود | السلام/والسلام عليكم ورحمة_الله/ورحمة_الله_وبركاته/- | يوم/يوما/يومًا/مساء/نهارك/ليلة
    سعيد/سعيدا/سعيدًا/الخير/سعيدة/طيب | ولكم/لكم/ولك/- جزيل/كل/خالص الشكر/التقدير/الاحترام والتقدير/والامتنان/- |
    تحياتي/تحية لك/لكم/للجميع/طيبة | شكرا/شكرًا/شكراً/ألف_شكر لك/لكم/مقدما/مقدمًا/للجميع/على_المساعدة/على_تعاونكم |
    i̇yi/iyi/güzel/hayırlı/mutlu/keyifli akşamlar/günler/çalışmalar/hafta_sonları/
    haftasonları/haftalar/geceler/tatiller/bir_gün/ bir_hafta_sonu dilerim/dileriz/dileği̇yle/dileğiyle/olsun/- |
    çok/şimdiden/tekrar/teşekkürler teşekkürler/teşekkür_ederim/teşekkür_ederiz/
    iyi_çalışmalar/iyi_günler/ederim/saygılar | teşekkürler ve/- iyi_çalışmalar/saygılar/iyi_günler |
    görüşürüz/görüşmek_üzere/hoşça_kal/hoşça_kalın/ hoşçakal/hoşçakalın/sağlıcakla/esen_kalın/
    kendine_iyi_bak/kolaylıklar/sevgi_ve_saygılarımla dilerim/yarın/kal/kalın/-
"""
)
_JOINED = combined(
    """
    何卒/どうぞ/引き続き/今後とも/以上/以上です。/ご確認/ご確認の程/ご確認のほど/ご検討のほど/
    ご対応/ご対応のほど/お手数ですが/お手数をおかけしますが/明日も/また明日/来週も/- 、/- よろしく/宜しく/何卒よろしく
    お願いします/お願いいたします/お願い致します/お願い申し上げます/お願いします！/おねがいします/
    お願いいたします！/です/どうぞ/- | では/それでは/取り急ぎ/以上/今日は/本日は/お先に/- 、/-
    失礼します/失礼いたします/失礼致します/また/また明日/また来週/ご報告まで/ご連絡まで/
    用件のみ/お礼まで/ご報告のみ/ご返信まで | 皆様/今日も/本日も/一日/今週も/-
    お疲れ様でした/お疲れさまでした/お疲れ様です/お疲れさまです/おつかれさまでした/お疲れ様 |
    ご対応/ご確認/いつも/本当に/誠に/どうも/-
    ありがとうございます/ありがとうございました/有難うございます/有難うございました/感謝します/
    感謝いたします/ありがとう/感謝 | 祝/敬祝/顺祝/順祝/顺颂/順頌/谨祝/此致/恭祝/預祝/即颂/敬颂 您/你/各位/大家/-
    工作/生活/一切/周末/週末/身体/身體/节日/-
    顺利/順利/愉快/安好/健康/好/安/商祺/时祺/時祺/春祺/夏祺/秋祺/冬祺/台安/顺遂/快乐/快樂/敬礼/敬禮 |
    非常/十分/万分/多多/先/再次/- 感谢/感謝/谢谢/謝謝/多谢/多謝/谢了/辛苦了/谢谢大家/謝謝大家/谢谢您/謝謝您/谢谢你/
    感谢您的帮助/感谢支持/感激不尽 |
    再见/再見/再会/明天见/明天見/回头见/保重/拜拜/晚安/周一见/下周见/敬上/谨上/謹上/谨启/拜上/顿首 |
    ขอบคุณ/ขอขอบคุณ/ขอบพระคุณ/ด้วยความเคารพ/สวัสดี/ ขอแสดงความนับถือ มาก/อย่างสูง/ล่วงหน้า/- ครับ/ค่ะ/คะ/นะคะ/นะครับ/-
""",
    "",
)

WISHES = frozenset((*_WISHES, *_JOINED))
