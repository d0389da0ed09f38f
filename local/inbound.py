"""bin/inbound FILE [--take]: the console's page about a raw mail, in the shell. `-` reads standard input."""

import argparse
import sys
from pathlib import Path

from emails.arrival import came, received_of
from emails.inbound import Malformed
from jobs.inbound_emails import understand
from jobs.mail import Mail
from jobs.taking import look_at
from models.db import transaction
from models.inbound_email import InboundEmail


def main() -> int:
    """The exit code: 0 when it would be taken, or has been; 1 when it would not; 2 for what is no mail."""
    given = _parser().parse_args()
    raw = sys.stdin.buffer.read() if given.file == "-" else Path(given.file).read_bytes()
    try:
        mail = came(raw)
    except Malformed as problem:
        print(f"{given.file}: {problem}", file=sys.stderr)
        return 2
    with transaction() as tx:
        tried = look_at(tx, received_of(mail))
        number = InboundEmail.receive(tx, **mail) if given.take else None
    _tell(tried)
    if number:
        understand(number)
        print(f"\nTaken as mail {number}.")
    elif given.take:
        print("\nThis mail is here already.")
    return 0 if tried.judged.state == "processed" else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bin/inbound", description="What each rule makes of a raw mail.")
    parser.add_argument("file", help=".eml, or the JSON of Postmark's webhook; - for standard input")
    parser.add_argument("--take", action="store_true", help="store it, and do what the rules say")
    return parser


def _tell(mail: Mail) -> None:
    print(f"From     {mail.received.sender or 'nobody'}\nSubject  {mail.received.subject}\n")
    for rule, says in mail.judged.steps:
        print(f"{rule:14} {says}")
    if reply := mail.judged.reply:
        print(f"\n{reply.text or '(no words)'}")
        for piece in reply.elided:
            print(f"\n[left out: {piece.kind}]\n{piece.text}")


if __name__ == "__main__":
    sys.exit(main())
