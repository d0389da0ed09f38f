"""A mail is read for its words, however large it is."""

from emails import mime
from emails.skimming import MOST_IN_ALL, MOST_OF_A_PART, skimmed


def in_pieces(whole, size=1_000_000):
    return [whole[start : start + size] for start in range(0, len(whole), size)]


def mail(attached, kind="application/octet-stream"):
    head = b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n\r\n- wrote note G\r\n--x\r\nContent-Type: '
    return head + kind.encode() + b"\r\n\r\n" + attached + b"\r\n--x\r\n\r\n- and a footer\r\n--x--\r\n"


def test_an_ordinary_mail_is_left_as_it_is():
    whole = mail(b"0123456789\r\n" * 10_000)
    assert skimmed(in_pieces(whole, 777)) == whole


def test_what_is_attached_is_cut_and_what_is_said_below_it_is_not():
    read = skimmed(in_pieces(mail(b"0123456789\r\n" * 1_000_000)))
    assert len(read) < MOST_OF_A_PART + 1_000
    assert mime.content(read).text.split("\r\n\r\n") == mime.content(mail(b"")).text.split("\r\n\r\n")


def test_nothing_grows_without_end():
    assert len(skimmed(in_pieces(b"x" * 30_000_000))) <= MOST_OF_A_PART
    assert len(skimmed(in_pieces(mail(b"x" * 1_000_000 + b"\r\n--x\r\n") * 30))) <= MOST_IN_ALL


def test_a_mail_that_is_all_in_its_signature_is_kept_whole():
    whole = mail(b"0123456789\r\n" * 1_000_000, "application/pkcs7-mime; name=smime.p7m")
    assert skimmed(in_pieces(whole)) == whole
