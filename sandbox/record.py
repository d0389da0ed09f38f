"""Every accepted message, in about 160 bytes each: columns of numbers, one arena of JSON, repeated words kept once.

A message is known inside the sandbox by its sequence number: 0, 1, 2 … since the last reset.
"""

import os
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from hashlib import sha1
from typing import Any

import orjson

from sandbox.seen import Seen


class Words:
    """Strings that come again and again, each kept once and known by a number."""

    def __init__(self) -> None:
        self.number: dict[str, int] = {}
        self.text: list[str] = []

    def __getitem__(self, number: int) -> str:
        return self.text[number]

    def add(self, text: str) -> int:
        number = self.number.setdefault(text, len(self.text))
        if number == len(self.text):
            self.text.append(text)
        return number


class Record:
    def __init__(self) -> None:
        self.words = Words()
        self.ids = bytearray()
        self.at = array("d")
        self.hashes = bytearray()
        self.sender, self.subject, self.tag, self.stream = array("I"), array("I"), array("I"), array("I")
        self.starts = array("Q")
        self.arena = bytearray()  # per message: JSON [To, Metadata] or [To, Metadata, Cc, Bcc, ReplyTo]
        self.deliveries = Seen()
        self.with_delivery = 0
        self.by_stream: Counter[str] = Counter()
        self.by_tag: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self.at)

    def add(self, message: dict[str, Any], sender: str, stream: str, at: float) -> str:
        """Records one accepted message and returns the MessageID made for it."""
        number, tag = self.words.add, message.get("Tag") or ""
        self.by_stream[stream] += 1
        self.by_tag[tag] += 1
        self.sender.append(number(sender))
        self.subject.append(number(message.get("Subject") or ""))
        self.tag.append(number(tag))
        self.stream.append(number(stream))
        self.at.append(at)
        self.hashes += content_hash(message)
        self.starts.append(len(self.arena))
        self.arena += _envelope(message)
        self._count_delivery(message.get("Metadata"))
        identity = os.urandom(16)
        self.ids += identity
        return uuid_text(identity)

    def find(self, message_id: str) -> int | None:
        """The sequence number of a MessageID."""
        try:
            identity = bytes.fromhex(message_id.replace("-", ""))
        except ValueError:
            return None
        for place in occurrences(self.ids, identity if len(identity) == 16 else b""):
            if place % 16 == 0:
                return place // 16
        return None

    def message_id(self, seq: int) -> str:
        return uuid_text(self.ids[seq * 16 : seq * 16 + 16])

    def envelope(self, seq: int) -> dict[str, Any]:
        """To, Cc, Bcc and ReplyTo as given, and Metadata."""
        to, metadata, *others = orjson.loads(self.envelope_bytes(seq))
        cc, bcc, reply_to = others or ("", "", "")
        return {"To": to, "Cc": cc, "Bcc": bcc, "ReplyTo": reply_to, "Metadata": metadata}

    def envelope_bytes(self, seq: int) -> bytearray:
        end = self.starts[seq + 1] if seq + 1 < len(self) else len(self.arena)
        return self.arena[self.starts[seq] : end]

    def row(self, seq: int) -> dict[str, Any]:
        return {
            "seq": seq,
            "id": self.message_id(seq),
            **self.envelope(seq),
            "From": self.words[self.sender[seq]],
            "Subject": self.words[self.subject[seq]],
            "Tag": self.words[self.tag[seq]],
            "MessageStream": self.words[self.stream[seq]],
            "hash": self.hashes[seq * 8 : seq * 8 + 8].hex(),
            "accepted_at": self.at[seq],
        }

    def containing(self, needle: bytes) -> Iterator[int]:
        """Sequence numbers whose envelope contains the bytes: a memory scan, 100 MB in some 20 ms. May repeat one."""
        for place in occurrences(self.arena, needle):
            yield bisect_right(self.starts, place) - 1

    def mentioning(self, text: str) -> Iterator[int]:
        """Like containing, in any case of ASCII letters; takes a copy of the arena for the moment."""
        for place in occurrences(self.arena.lower(), text.lower().encode()):
            yield bisect_right(self.starts, place) - 1

    def _count_delivery(self, metadata: dict[str, str] | None) -> None:
        if metadata and (delivery := metadata.get("delivery")):
            self.with_delivery += 1
            self.deliveries.add(delivery)


def content_hash(message: dict[str, Any]) -> bytes:
    """8 bytes that are equal for messages with equal Subject, HtmlBody and TextBody."""
    digest = sha1((message.get("Subject") or "").encode(errors="surrogatepass"), usedforsecurity=False)
    digest.update(b"\0" + (message.get("HtmlBody") or "").encode(errors="surrogatepass"))
    digest.update(b"\0" + (message.get("TextBody") or "").encode(errors="surrogatepass"))
    return digest.digest()[:8]


def uuid_text(identity: bytes | bytearray) -> str:
    text = identity.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def occurrences(haystack: bytearray, needle: bytes) -> Iterator[int]:
    place = haystack.find(needle) if needle else -1
    while place >= 0:
        yield place
        place = haystack.find(needle, place + 1)


def _envelope(message: dict[str, Any]) -> bytes:
    to, metadata = message.get("To") or "", message.get("Metadata") or {}
    others = [message.get("Cc") or "", message.get("Bcc") or "", message.get("ReplyTo") or ""]
    return orjson.dumps([to, metadata, *others] if any(others) else [to, metadata])
