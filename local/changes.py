"""Notices that the source has changed, by looking: no library, no limits on how many files are watched."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("models", "emails", "jobs", "web", "sandbox")
KINDS = {".py", ".html", ".txt", ".css", ".mjml"}


class Changes:
    def __init__(self, root: Path = ROOT) -> None:
        self.root = root
        self.seen = self._look()

    def any(self) -> bool:
        """Whether a source file was written, added or removed since the last time we asked."""
        before, self.seen = self.seen, self._look()
        return before != self.seen

    def _look(self) -> dict[Path, int]:
        files = [self.root / "config.py", *(path for room in ROOMS for path in (self.root / room).rglob("*"))]
        return {path: written for path in files if path.suffix in KINDS and (written := _written(path))}


def _written(path: Path) -> int:
    """Nanoseconds; 0 for a file that has just gone, as editors' temporary ones do."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
