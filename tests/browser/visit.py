"""What somebody does at a real browser, and what can be seen there."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from axe_playwright_python.base import AXE_SCRIPT

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE, PHONE, SMALL = (1280, 900), (390, 844), (320, 640)
LOOKED_AT_IN_THE_DARK = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"]


@dataclass
class Visit:
    context: Any
    page: Any
    address: str
    complaints: list[str] = field(default_factory=list)  # what the console said: errors, refused styles and scripts

    @classmethod
    def begin(cls, chromium: Any, address: str, javascript: bool = True, size: tuple[int, int] = WIDE) -> Self:
        viewport = {"width": size[0], "height": size[1]}
        context = chromium.new_context(viewport=viewport, java_script_enabled=javascript, reduced_motion="reduce")
        context.set_default_timeout(10_000)
        visit = cls(context, context.new_page(), address)
        visit.page.on("console", visit._heard)
        visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        return visit

    def end(self) -> None:
        self.context.close()

    def go(self, path: str) -> Self:
        self.page.goto(self.address + path)
        return self

    def press(self, name: str) -> Self:
        self.page.get_by_role("button", name=name, exact=True).click()
        return self

    def follow(self, name: str) -> Self:
        self.page.get_by_role("link", name=name, exact=True).first.click()
        return self

    def write(self, label: str, words: str) -> Self:
        """Into the field of that label, instead of what is there."""
        self.page.get_by_role("textbox", name=label, exact=True).fill(words)
        return self

    def to(self, place: str) -> Self:
        """By the menu, which a phone has behind a button."""
        button = self.page.get_by_role("button", name="Menu", exact=True)
        if button.is_visible():
            button.click()
        self.page.get_by_role("navigation", name="Main").get_by_role("link", name=place, exact=True).click()
        return self

    @property
    def says(self) -> str:
        return self.page.inner_text("main")

    def as_wide_as(self, size: tuple[int, int]) -> Self:
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        return self

    def in_the(self, scheme: str) -> Self:
        """`light` or `dark`."""
        self.page.emulate_media(color_scheme=scheme)
        return self

    def picture(self, file: Path) -> None:
        """All of the page, as long as it is."""
        self.page.screenshot(path=file, full_page=True)

    @property
    def barriers(self) -> list[str]:
        """What axe finds against WCAG 2.2 AA and good practice: rule, place, and why."""
        return self._judged({"runOnly": {"type": "tag", "values": RULES}})

    @property
    def barriers_of_looks(self) -> list[str]:
        """The same by those rules alone whose answer depends on colours and on the width."""
        return self._judged({"runOnly": {"type": "rule", "values": LOOKED_AT_IN_THE_DARK}})

    @property
    def hidden_sideways(self) -> int:
        """How many pixels of the page stand out to the right."""
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    def _judged(self, options: dict[str, Any]) -> list[str]:
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        options |= {"resultTypes": ["violations"], "iframes": False}  # what is in a frame is somebody's mail
        found = self.page.evaluate("options => axe.run(options).then(found => found.violations)", options)
        return [_told(rule, node) for rule in found for node in rule["nodes"]]

    def _heard(self, message: Any) -> None:
        about_itself = message.location["url"] == self.page.url  # that a page is no longer there is what it says
        if message.type in ("error", "warning") and not about_itself:
            self.complaints.append(message.text)


def _told(rule: dict[str, Any], node: dict[str, Any]) -> str:
    why = " ".join(node.get("failureSummary", "").split())
    return f"{rule['id']}: {node['html'][:160]} {why[:240]}"
