"""bin/reparse [--all]: stored mail read again, here and now. Safe to stop and to repeat."""

import argparse
import sys

from emails.reply_text import VERSION
from jobs.reparsing import outdated, reparse


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/reparse", description="Reads stored mail again.")
    parser.add_argument("--all", action="store_true", help="also what this parser has read")
    everything = parser.parse_args().all
    count = 0
    for page in outdated(everything):
        for number in page:
            reparse(number)
        count += len(page)
        print(f"{count} read", file=sys.stderr)
    print(f"{count} mails read by parser {VERSION}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
