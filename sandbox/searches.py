"""Finding sent messages among very many: the rarest condition first, then the others on what it leaves."""

from collections.abc import Iterable
from typing import Any

import orjson

from sandbox.addresses import addresses
from sandbox.record import Record


def find(record: Record, wanted: dict[str, str], metadata: dict[str, str], until: int) -> list[int]:
    """Sequence numbers below `until`, newest first, of the messages that meet every condition.

    `wanted` may hold recipient, fromemail, tag, subject and messagestream. Addresses, tags and streams are compared
    whole, subjects by substring, Metadata keys without regard to case, everything as Postmark's search does.
    """
    found: Iterable[int] = _candidates(record, wanted, metadata, until)
    for column, numbers in _columns(record, wanted):
        found = [seq for seq in found if column[seq] in numbers]
    if recipient := wanted.get("recipient", "").lower():
        found = [seq for seq in found if recipient in _recipients(record, seq)]
    if metadata:
        found = [seq for seq in found if _carries(record, seq, metadata)]
    return sorted(found, reverse=True)


def mentioning(record: Record, text: str) -> list[int]:
    """Newest first, the messages whose recipients, Metadata or subject contain the text in any case."""
    subjects = {n for n, subject in enumerate(record.words.text) if text.lower() in subject.lower()}
    by_subject = {seq for seq, number in enumerate(record.subject) if number in subjects} if subjects else set()
    return sorted(by_subject | set(record.mentioning(text)), reverse=True)


def _candidates(record: Record, wanted: dict[str, str], metadata: dict[str, str], until: int) -> Iterable[int]:
    if metadata:
        return {seq for seq in record.containing(b":" + orjson.dumps(next(iter(metadata.values())))) if seq < until}
    if recipient := wanted.get("recipient", ""):
        return {seq for seq in record.mentioning(recipient) if seq < until}
    return range(until)


def _columns(record: Record, wanted: dict[str, str]) -> list[tuple[Any, set[int]]]:
    words = record.words
    columns = []
    if sender := wanted.get("fromemail", "").lower():
        columns.append((record.sender, {n for n, text in enumerate(words.text) if text.lower() == sender}))
    if tag := wanted.get("tag"):
        columns.append((record.tag, {words.number.get(tag, -1)}))
    if stream := wanted.get("messagestream"):
        columns.append((record.stream, {words.number.get(stream, -1)}))
    if subject := wanted.get("subject", "").lower():
        columns.append((record.subject, {n for n, text in enumerate(words.text) if subject in text.lower()}))
    return columns


def _recipients(record: Record, seq: int) -> set[str]:
    envelope = record.envelope(seq)
    return {one.email.lower() for field in ("To", "Cc", "Bcc") for one in addresses(field, envelope[field])}


def _carries(record: Record, seq: int, metadata: dict[str, str]) -> bool:
    carried = {key.lower(): value for key, value in record.envelope(seq)["Metadata"].items()}
    return all(carried.get(key.lower()) == value for key, value in metadata.items())
