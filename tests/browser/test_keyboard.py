"""Without a mouse: everything is reached by Tab, pressed by Enter, and one sees where one is."""

from tests.browser.visit import WIDE

HERE = "document.activeElement"
OUTLINED = f"{HERE} === document.body || getComputedStyle({HERE}).outlineStyle !== 'none'"
NAME = f"{HERE} === document.body ? '' : {HERE}.ariaLabel || {HERE}.labels?.[0]?.innerText || {HERE}.innerText"


def tab_to(visitor, words, most=80):
    """By Tab alone, to whatever says so; each stop on the way can be seen."""
    for _ in range(most):
        visitor.page.keyboard.press("Tab")
        assert visitor.page.evaluate(OUTLINED), visitor.page.evaluate(NAME)
        if words in visitor.page.evaluate(NAME):
            return visitor.page.keyboard
    raise AssertionError(f"{words} is not reached")


def test_a_day_is_written_and_a_menu_is_used_without_a_mouse(ada, visit):
    owner = visit(ada.owner, size=WIDE)
    tab_to(owner, "Skip").press("Enter")
    assert owner.page.evaluate("document.activeElement.closest('main, #main') !== null || location.hash === '#main'")
    owner.go("/")
    tab_to(owner, "Today").press("Enter")
    owner.page.wait_for_url("**/today")
    tab_to(owner, "What did you get done").type("Wove by hand")
    tab_to(owner, "Add").press("Enter")
    owner.page.get_by_text("Wove by hand").wait_for()
    tab_to(owner, "House of Ada").press("Enter")
    tab_to(owner, "Sign out").press("Enter")
    owner.page.wait_for_url("**/sign-in*")
