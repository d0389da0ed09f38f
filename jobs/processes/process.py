"""What can be found out about a row before it is done. Another process is another class like `Verify`, and its line in
`processes.py`."""

from collections.abc import Mapping
from typing import Protocol

from models.imports.checks import Checked
from models.imports.file import Import


class Process(Protocol):
    """choices: how it may be asked for, each with what the page calls it; what it is not asked for is no choice."""

    word: str
    label: str
    choices: Mapping[str, str]

    def run(self, imported: Import, choice: str, rows: Mapping[int, Mapping[str, str]]) -> Mapping[int, Checked]:
        """What is found out about `{row: {field: cell}}`, which were fetched together.

        No transaction is open, so it may ask anybody anything, for a minute in all. Rows that it leaves out are given
        to it again a little later. It may be asked about a row twice, and the first answer is kept.
        """
