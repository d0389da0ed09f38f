"""S/MIME that wraps the whole mail (RFC 8551, 3.5.2): what was only signed stands inside in the clear."""

from asn1crypto.cms import ContentInfo

TYPES = ("application/pkcs7-mime", "application/x-pkcs7-mime")
LARGEST = 20_000_000  # bytes; what is written in pieces takes more than its share of time


def is_wrapping(content_type: str, name: str, is_all: bool) -> bool:
    """Whether a part is the mail itself and no file that somebody signed: it is all there is, or has the usual name."""
    named = name.lower()
    if content_type == "application/octet-stream":
        return named == "smime.p7m" or (is_all and named.endswith(".p7m"))
    return content_type in TYPES and (is_all or named in ("", "smime.p7m"))


def unwrapped(wrapped: bytes) -> bytes | None:
    """The mail inside, from its header on; None when it is encrypted, larger than `LARGEST`, or can not be read."""
    if len(wrapped) > LARGEST:
        return None
    try:
        found = ContentInfo.load(wrapped)
        if found["content_type"].native != "signed_data":
            return None
        return found["content"]["encap_content_info"]["content"].native or b""
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError, RecursionError):
        return None
