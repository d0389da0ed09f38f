"""Mails that no mail program writes: real ones, spoilt by chance. The same seed spoils them the same way."""

import copy
import random
from collections.abc import Callable
from typing import Any

import orjson

# Whatever somebody may put where something else belongs.
ODD: tuple[Any, ...] = (
    *(
        None,
        True,
        0,
        -1,
        2**63,
        1e308,
        "",
        " ",
        "\0",
        "\x1b[31m",
        "\u202e",
        "é" * 300,
        "=?utf-8?q?=00?=",
        "<>",
        "@",
        "a@b@c",
    ),
    *([], {}, [None], [[]], {"Email": 7}, [{"Name": None}], [{"Name": "Content-Type", "Value": None}]),
    *("\n" * 2_000, " " * 20_000, ">" * 5_000, "On " * 3_000, "-" * 20_000, "<div>" * 3_000, "[ ] " * 2_000),
    *("pause 999999999999999999999999 days", "out until 99.99.9999", "until " * 500, "stop", "0" * 400),
)
CHARSETS = ("utf-8", "x-unknown", "utf-16", "shift_jis", "ks_c_5601-1987", "utf-7", "\0", "idna", "base64", "rot13")
ENCODINGS = ("base64", "quoted-printable", "8bit", "x-uuencode", "nonsense")
BOUNDARY = b"=_b"


class Spoiler:
    """`answer(n)` is the n-th body of a webhook."""

    def __init__(self, seed: int, originals: list[dict[str, Any]]) -> None:
        self.dice = random.Random(f"mutations {seed}")
        self.originals = originals
        self._ways: tuple[Callable[[dict[str, Any]], bytes], ...] = (
            *[self._fields] * 4,
            *[self._bytes] * 2,
            *[self._mime] * 3,
            self._headers,
        )

    def body(self, place: int) -> bytes:
        mail = copy.deepcopy(self.originals[place % len(self.originals)])
        mail["MessageID"] = f"fuzz-{place}"
        for header in mail["Headers"]:
            if header["Name"].lower() == "message-id":
                header["Value"] = f"<fuzz-{place}@mail.example>"
        return self.dice.choice(self._ways)(mail)

    def _fields(self, mail: dict[str, Any]) -> bytes:
        for _ in range(self.dice.randint(1, 4)):
            key = self.dice.choice([*mail, "Attachments", "RawEmail", "Cc", "CcFull"])
            if self.dice.random() < 0.2:
                mail.pop(key, None)
            elif isinstance(mail.get(key), list) and mail[key] and self.dice.random() < 0.5:
                mail[key] = [self._odd() for _ in range(self.dice.randint(1, 5))] + mail[key]
            else:
                mail[key] = self._odd()
        return self._dumped(mail)

    def _headers(self, mail: dict[str, Any]) -> bytes:
        names = ("Auto-Submitted", "Authentication-Results", "Return-Path", "In-Reply-To", "References", "Message-ID")
        odd = [{"Name": self.dice.choice(names), "Value": self._odd()} for _ in range(self.dice.randint(1, 60))]
        mail["Headers"] = odd + (mail.get("Headers") or [])
        return self._dumped(mail)

    def _bytes(self, mail: dict[str, Any]) -> bytes:
        return self._spoilt(self._dumped(mail))

    def _mime(self, mail: dict[str, Any]) -> bytes:
        mail["RawEmail"] = self._spoilt(self._wire(mail)).decode(
            "latin-1" if self.dice.random() < 0.5 else "utf-8", "replace"
        )
        return self._dumped(mail)

    def _wire(self, mail: dict[str, Any]) -> bytes:
        depth = self.dice.choice((0, 1, 1, 2, 5, 150))
        part = self._part(str(mail.get("TextBody") or "words"))
        for level in range(depth):
            mark = BOUNDARY + str(level).encode()
            more = self._part("<p>more</p>", "text/html") if self.dice.random() < 0.5 else b"\r\n"
            kind = self.dice.choice((b"mixed", b"alternative", b"signed", b"report", b"digest"))
            part = b"".join(
                [
                    b"Content-Type: multipart/" + kind + b'; boundary="' + mark + b'"\r\n\r\n',
                    *(b"--" + mark + b"\r\n" + each + b"\r\n" for each in (part, more)),
                    b"--" + mark + b"--\r\n",
                ]
            )
        return f"From: {mail.get('From')}\r\nSubject: =?{self.dice.choice(CHARSETS)}?q?x=FF?=\r\n".encode() + part

    def _part(self, words: str, kind: str = "text/plain") -> bytes:
        charset, encoding = self.dice.choice(CHARSETS), self.dice.choice(ENCODINGS)
        flowed = "; format=flowed; delsp=yes" if self.dice.random() < 0.3 else ""
        head = f"Content-Type: {kind}; charset={charset}{flowed}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
        return head.encode() + words.encode("utf-16" if charset == "utf-16" else "utf-8", "replace")

    def _spoilt(self, raw: bytes) -> bytes:
        spoilt = bytearray(raw)
        for _ in range(self.dice.choice((0, 1, 5, 50))):
            if spoilt:
                spoilt[self.dice.randrange(len(spoilt))] = self.dice.randrange(256)
        cut = self.dice.randrange(len(spoilt) + 1) if self.dice.random() < 0.2 else len(spoilt)
        return bytes(spoilt[:cut])

    def _odd(self) -> Any:
        return self.dice.choice(ODD)

    def _dumped(self, mail: dict[str, Any]) -> bytes:
        """Half of a surrogate pair cannot be written by orjson, so it goes in as an escape."""
        raw = orjson.dumps(mail, option=orjson.OPT_PASSTHROUGH_DATACLASS)
        return raw.replace(b"chapter", b"\\ud83d", 1) if self.dice.random() < 0.05 else raw
