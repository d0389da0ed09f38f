"""The labels of a header block (`From:`, `Sent:`, `To:` …) as mail programs translate them, casefolded."""

import re

from emails.replies.listings import folded, listed

_FROM = listed("""
    from | von | de | da | van | från | fra | lähettäjä | od | nadawca | odesílatel | odosielateľ
    от | от кого | від | від кого | 差出人 | 送信者 | 发件人 | 寄件者 | 寄件人 | 發件人 | 보낸 사람 | 보낸사람
    발신 | 발신인 | từ | người gửi | מאת | من | kimden | gönderen | expeditor | de la | feladó | από
    pošiljatelj | saatja | nuo | dari | จาก | expéditeur | afzender | remitente | avsändare | afsender
    avsender | absender | mittente | remetente | 发自 | 送件人 | feladója | šalje
""")
_SENT = listed("""
    sent | date | sent at | date sent | gesendet | gesendet am | datum | envoyé | envoyé le | date d'envoi
    enviado | enviado el | enviado em | enviada | enviada em | enviado a | fecha | data | inviato | data invio
    inviato il | verzonden | verzonden op | skickat | skickades | skickad | sendt | dato | lähetetty
    päivämäärä | päiväys | päivä | wysłano | wysłane | data wysłania | odesláno | odoslané | dátum
    отправлено | дата | дата отправки | надіслано | дата надсилання | 送信日時 | 日時 | 送信日 | 日付
    发送时间 | 发送日期 | 日期 | 寄件日期 | 傳送日期 | 傳送時間 | 時間 | 时间 | 발송 | 보낸 날짜 | 날짜 | 보냄
    전송 | 일시 | đã gửi | gửi | ngày | ngày gửi | gửi lúc | נשלח | תאריך | تم الإرسال | التاريخ
    تاريخ الإرسال | أرسلت | gönderildi | gönderme tarihi | tarih | gönderilme tarihi | trimis | dată
    elküldve | küldve | στάλθηκε | ημερομηνία | poslano | saadetud | kuupäev | dikirim | tanggal
    ส่ง | วันที่ | enviat | изпратено | nosūtīts | išsiųsta | послато
""")
_TO = listed("""
    to | an | à | a | para | pour | per | aan | till | til | vastaanottaja | do | komu | pro
    кому | 宛先 | 收件人 | 收件者 | 받는 사람 | 받는사람 | 수신 | 수신인 | đến | tới | người nhận | אל
    إلى | kime | alıcı | către | címzett | προς | za | prima | kepada | ถึง | до | kam
    empfänger | destinataire | destinatario | destinatário | ontvanger | mottagare | modtager | mottaker
    saaja | dla | adresat | до кого | kellele
""")
_COPIED = listed("""
    cc | bcc | kopie | kopia | kopi | kopio | copie | copie à | copia | cópia | cópia para | kopie an
    dw | udw | копия | копія | 抄送 | 副本 | 密件抄送 | 참조 | 숨은 참조 | עותק | نسخة | نسخة إلى
    bilgi | másolatot kap | κοιν. | κοινοποίηση | สำเนา | tembusan | đồng gửi | ccn | cco | cci | bk
    reply-to | reply to | antwort an | répondre à | responder a | responder para | rispondi a | svar til
    copy | skrytá kopie | 同報 | ответить | svara till | beantwoorden aan
""")
_SUBJECT = listed("""
    subject | re | betreff | objet | asunto | assunto | oggetto | onderwerp | ämne | emne | aihe
    temat | předmět | predmet | тема | 件名 | 主题 | 主旨 | 主題 | 标题 | 제목 | chủ đề | tiêu đề
    נושא | الموضوع | موضوع | konu | subiect | tárgy | θέμα | naslov | teema | subjek | perihal
    เรื่อง | assumpte | относно | temats | tema | titel | sujet
""")
_OTHER = listed("""
    importance | priority | attachments | attachment | wichtigkeit | priorität | anlagen | anlage | anhang
    importance haute | pièces jointes | importancia | adjuntos | datos adjuntos | prioridade | anexos
    anexo | allegati | priorità | bijlagen | bijlage | prioriteit | bilagor | vedlegg | vedhæftede filer
    liitteet | załączniki | ważność | přílohy | вложения | важность | 添付ファイル | 重要度 | 附件 | 重要性
    첨부파일 | 첨부 파일 | 중요도 | when | where | organizer | message-id | mailed-by | signed-by | security
""")

FROM, SENT, TO, COPIED, SUBJECT, OTHER = "from", "sent", "to", "copied", "subject", "other"

KINDS = {
    label: kind
    for kind, labels in (
        (OTHER, _OTHER),
        (COPIED, _COPIED),
        (SUBJECT, _SUBJECT),
        (TO, _TO),
        (SENT, _SENT),
        (FROM, _FROM),
    )
    for label in labels
}

_COLON = re.compile("[:：]")


def label(text: str) -> tuple[str, str] | None:
    """(kind, value) of a labelled line, bold or not, in any of the languages."""
    body = text.strip().lstrip("*_> ")
    colon = _COLON.search(body, 0, 42)
    kind = KINDS.get(folded(body[: colon.start()].strip(" *_\t"))) if colon else None
    return (kind, body[colon.end() :].strip(" *_\t")) if colon and kind else None
