"""`bin/bench NAME …` and `bin/drill NAME …`: progress on stderr, and one JSON object as the last line of stdout.

Of several names each has its object, in the order given. They take turns on the same servers, emptied in between.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from importlib import import_module
from typing import Any, NamedTuple

from bench import stage
from local import guard

Report = dict[str, Any]


class Entry(NamedTuple):
    """One benchmark or drill: what it shows, in a line; where its `run(system, options)` is, which gives the report."""

    about: str
    module: str
    tuning: Mapping[str, str] = {}  # environment variables
    staged: bool = True  # whether it needs servers; without, `system` is None


def main(program: str, entries: Mapping[str, Entry], options: Callable[[argparse.ArgumentParser], None]) -> int:
    """The exit code: 0 when it ran to the end, whatever it found."""
    guard.unwind_on_sigterm()
    parser = _parser(program, entries, options)
    given = parser.parse_args()
    chosen = [entries[name] for name in given.names]
    if any((entry.tuning, entry.staged) != (chosen[0].tuning, chosen[0].staged) for entry in chosen):
        parser.error("these need different settings: run them one by one")
    with stage.running(chosen[0].tuning) if chosen[0].staged else nullcontext() as system:
        for name in given.names:
            if system and name != given.names[0]:
                system.clear()
            _run(entries[name], system, argparse.Namespace(**vars(given), name=name))
    return 0


def _run(entry: Entry, system: stage.Stage | None, given: argparse.Namespace) -> None:
    report = import_module(entry.module).run(system, given)
    if not given.json:
        _tell(report)
    print(json.dumps(report), flush=True)


def _parser(
    program: str, entries: Mapping[str, Entry], options: Callable[[argparse.ArgumentParser], None]
) -> argparse.ArgumentParser:
    listed = "\n".join(f"  {name:18} {entry.about}" for name, entry in entries.items())
    parser = argparse.ArgumentParser(
        prog=program, epilog=f"names:\n{listed}", formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="+", choices=entries, metavar="NAME")
    parser.add_argument("--n", type=_positive, help="how many; each has its own default")
    parser.add_argument("--json", action="store_true", help="nothing on stdout but the JSON")
    options(parser)
    return parser


def _positive(words: str) -> int:
    number = int(words)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _tell(report: Report) -> None:
    for name, value in report.items():
        nested = isinstance(value, dict)
        print(f"{name:20} {'' if nested else value}")
        for key, each in value.items() if nested else ():
            print(f"    {key:16} {each}")
    sys.stdout.flush()
