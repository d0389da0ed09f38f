import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emails.entries import entries
from emails.replies.headings import KINDS


def _read(text: str) -> list[tuple[str, str]]:
    return [(line.kind, line.text) for line in entries(text)]


def test_a_line_is_an_entry():
    assert _read("fixed the loom\nfixed the belt") == [("done", "fixed the loom"), ("done", "fixed the belt")]


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("[] oil it", ("goal", "oil it")),
        ("[ ] oil it", ("goal", "oil it")),
        ("[]oil it", ("goal", "oil it")),
        ("- [ ] oil it", ("goal", "oil it")),
        ("☐ oil it", ("goal", "oil it")),
        ("[x] oiled it", ("done", "oiled it")),
        ("* [X] oiled it", ("done", "oiled it")),
        ("✔️ oiled it", ("done", "oiled it")),
        ("! no oil", ("blocker", "no oil")),
        ("- ! no oil", ("blocker", "no oil")),
        ("!no oil", ("blocker", "no oil")),
        ("- oiled", ("done", "oiled")),
        ("-oiled", ("done", "oiled")),
        ("* oiled", ("done", "oiled")),
        ("• oiled", ("done", "oiled")),
        ("– oiled", ("done", "oiled")),
        ("1. oiled", ("done", "oiled")),
        ("1) oiled", ("done", "oiled")),
        ("-5 °C outside", ("done", "-5 °C outside")),
        ("*all* oiled", ("done", "*all* oiled")),
        ("3. Mai: Messe", ("done", "3. Mai: Messe")),
        ("1.5 hours of oiling", ("done", "1.5 hours of oiling")),
        ("!= is not =", ("done", "!= is not =")),
        ("🎉", ("done", "🎉")),
    ],
)
def test_marks_say_the_kind_and_bullets_go(line, entry):
    assert _read(line) == [entry]


def test_headings_say_what_the_lines_below_them_are():
    text = "Today:\n- loom\n\nTomorrow:\n- belt\n- [x] wheel\n\nBlockers:\n- no oil"
    assert _read(text) == [("done", "loom"), ("goal", "belt"), ("done", "wheel"), ("blocker", "no oil")]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("**Tomorrow**", "goal"),
        ("# Blockers", "blocker"),
        ("Morgen:", "goal"),
        ("Demain :", "goal"),
        ("Pendiente:", "goal"),
        ("Bloqueios:", "blocker"),
        ("Domani:", "goal"),
        ("Volgende stappen:", "goal"),
        ("I morgon:", "goal"),
        ("Næste skridt:", "goal"),
        ("Huomenna:", "goal"),
        ("Jutro:", "goal"),
        ("Zítra:", "goal"),
        ("Завтра:", "goal"),
        ("Проблеми:", "blocker"),
        ("明日の予定：", "goal"),
        ("问题：", "blocker"),
        ("내일:", "goal"),
        ("Ngày mai:", "goal"),
        ("מחר:", "goal"),
        ("غدا:", "goal"),
        ("Engeller:", "blocker"),
        ("Hecho:", "done"),
    ],
)
def test_headings_are_known_in_many_languages(heading, kind):
    assert _read(f"{heading}\nx") == [(kind, "x")]


def test_a_heading_without_colon_needs_items_below():
    assert _read("Tomorrow\n- belt") == [("goal", "belt")]
    assert _read("Done\nloom") == [("done", "Done"), ("done", "loom")]


def test_a_heading_in_a_line_of_its_own_entry():
    assert _read("Tomorrow: belt\nloom") == [("goal", "belt"), ("done", "loom")]
    assert _read("Blockers: no oil") == [("blocker", "no oil")]


def test_an_unknown_heading_is_an_entry():
    assert _read("Loom 7:\n- oiled") == [("done", "Loom 7:"), ("done", "oiled")]


@pytest.mark.parametrize("none", ["none", "None.", "n/a", "keine", "aucun", "なし", "нет"])
def test_no_blockers_are_no_blocker(none):
    assert _read(f"Blockers:\n- {none}") == [("done", f"Blockers: {none}")]
    assert _read(f"Blockers: {none}") == [("done", f"Blockers: {none}")]


def test_a_nested_item_is_an_entry_of_its_parents_kind():
    text = "- [ ] loom\n  - oil\n    - [x] bought\n- belt"
    assert _read(text) == [("goal", "loom"), ("goal", "oil"), ("done", "bought"), ("done", "belt")]


def test_an_indented_line_goes_on():
    assert _read("- the loom that stood\n  in the corner\n- belt") == [
        ("done", "the loom that stood in the corner"),
        ("done", "belt"),
    ]


def test_a_long_line_that_was_wrapped_goes_on():
    long = "repaired the loom that had been standing in the corner of the hall"
    assert _read(f"{long}\nsince last year") == [("done", f"{long} since last year")]
    assert len(_read(f"{long}.\nsince last year")) == 2
    assert len(_read(f"{long}\nSince last year")) == 2
    assert len(_read(f"{long}\n\nsince last year")) == 2
    assert len(_read(f"{long}\n- since last year")) == 2


def test_numbers_go_only_where_they_count():
    assert [text for _, text in _read("1. loom\n2. belt\n3. wheel")] == ["loom", "belt", "wheel"]
    assert [text for _, text in _read("7. loom")] == ["7. loom"]


def test_rules_and_blank_lines_are_no_entries():
    assert _read("\n---\n***\n  \n- \n[ ]\n") == []


def test_a_greeting_is_not_dropped():
    assert _read("Hi team,\n- loom") == [("done", "Hi team,"), ("done", "loom")]


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_entries_are_single_lines_with_words_from_the_answer(text):
    for kind, said in entries(text):
        assert kind in {"done", "goal", "blocker"}
        assert said.strip() == said and said and "\n" not in said


@given(
    st.lists(
        st.sampled_from(["- a b", "[ ] c", "  - d", "e f:", "g", "1. h", "! i", "", "   j", "k " * 40]), max_size=12
    )
)
@settings(max_examples=150, deadline=None)
def test_no_word_is_lost(rows):
    letters = [char for row in rows for char in row if char.isalpha()]
    assert [char for line in entries("\n".join(rows)) for char in line.text if char.isalpha()] == letters


def test_headings_are_unambiguous():
    assert set(KINDS.values()) == {"done", "goal", "blocker"}


def test_a_hundred_thousand_lines_take_linear_time():
    assert len(entries("- a\n" * 100_000)) == 100_000
