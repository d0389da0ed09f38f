"""What a person does with the pages."""

from typing import Any

from lxml import html


class Browser:
    """Follows links and sends the forms that are on the page, hidden fields and all, as a browser does."""

    def __init__(self, app: Any, base_url: str = "http://localhost"):
        self.client = app.test_client()
        self.base_url = base_url
        self.answer: Any = None

    def get(self, path: str) -> "Browser":
        self.answer = self.client.get(path, base_url=self.base_url, follow_redirects=True)
        return self

    def press(self, button: str, **typed: Any) -> "Browser":
        """Sends the form that has a button of that name, with these fields filled in."""
        forms = (form for form in self.page.forms if button in [b.text_content().strip() for b in form.iter("button")])
        form = next(forms)
        kept = {name: field for name in form.inputs.keys() if name and (field := _value(form.inputs[name]))}  # noqa: SIM118
        kept |= _hidden(form)
        action = form.get("action") or self.path
        self.answer = self.client.post(action, base_url=self.base_url, data=kept | typed, follow_redirects=True)
        return self

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def path(self) -> str:
        return self.answer.request.path

    @property
    def page(self) -> Any:
        return html.fromstring(self.answer.get_data())

    @property
    def text(self) -> str:
        """What a reader sees, on one line."""
        return " ".join(self.page.text_content().split())

    @property
    def errors(self) -> list[str]:
        return [item.text_content().strip() for each in self.page.find_class("errors") for item in each]


def _hidden(form: Any) -> dict[str, list[str]]:
    """Of each name there may be several."""
    hidden = form.xpath(".//input[@type='hidden']")
    return {each.name: [other.value or "" for other in hidden if other.name == each.name] for each in hidden}


def _value(field: Any) -> Any:
    value = field.value
    if getattr(field, "tag", "") == "textarea" and value:  # browsers leave out a line break right after the tag
        return value.removeprefix("\r").removeprefix("\n")
    return value if value is None or isinstance(value, str) else list(value)
