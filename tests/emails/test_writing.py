"""What somebody writes becomes a letter: in Markdown, MJML or HTML, with each reader's own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.brand import Brand

LEAVE = "{{ unsubscribe_link }}"
MJML = f"""<mjml><mj-body><mj-section><mj-column>
<mj-text>Hello {{{{ first_name | default('you') }}}}</mj-text><mj-button href="{LEAVE}">Leave</mj-button>
</mj-column></mj-section></mj-body></mjml>"""


@pytest.fixture
def letter():
    from emails.writing.composing import composed
    from emails.writing.draft import Draft

    def made(body, brand=None, subject="News", **about):
        return composed(Draft(subject, body, **about), brand or Brand(), title="Notes & News")

    return made


@pytest.fixture
def refused(letter):
    from emails.writing.draft import Unwritable

    def problem(body, **about):
        with pytest.raises(Unwritable) as found:
            letter(body, **about)
        return found.value.part, str(found.value)

    return problem


def test_markdown_is_dressed_and_says_how_to_leave(letter):
    made = letter(
        "# Hello\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n~~old~~ https://example.com/x", preheader="Soon & {{ name }}"
    )
    assert "<h1>Hello</h1>" in made.html and "<td>2</td>" in made.html and "<s>old</s>" in made.html
    assert '<a href="https://example.com/x">' in made.html
    assert f'<a href="{LEAVE}">Unsubscribe</a> · <a href="{{{{ preferences_link }}}}">' in made.html
    assert "Soon &amp; {{ name }}" in made.html


def test_who_writes_their_own_way_out_gets_no_second(letter):
    made = letter(f"[Leave]({LEAVE})")
    assert made.html.count(LEAVE) == made.text.count(LEAVE) == 1


def test_fields_come_through_markdown_and_mjml_as_they_were(letter):
    field = """{{ attributes["Company size"] | default("it's \\"small\\" & <fine>") }}"""
    for made in (letter(f"*{field}*"), letter(MJML.replace("Hello", field), format="mjml")):
        assert field in made.html and field in made.text


def test_mjml_becomes_a_document_with_a_text_part(letter):
    made = letter(MJML, format="mjml", preheader="First words")
    assert made.html.startswith("<!doctype html>") and ">First words</div>" in made.html
    assert made.text == f'Hello {{{{ first_name | default("you") }}}}\n\nLeave ({LEAVE})\n'


def test_the_text_part_is_made_from_what_a_reader_sees(letter):
    brand = Brand(address="1 Mill Lane\nCambridge", footer="With *love*")
    made = letter(
        "Some [news](https://example.com) here.\n\n- one\n- two\n\n![A cat](https://example.com/c.png)", brand
    )
    assert made.text == (
        "Some news (https://example.com) here.\n\n- one\n- two\n\nA cat\n\n--\n\n"
        "With love\n\n1 Mill Lane\nCambridge\n\n"
        f"Unsubscribe ({LEAVE})\n\nChoose what you get ({{{{ preferences_link }}}})\n"
    )


def test_the_authors_own_text_part_stands(letter):
    assert letter("Hello", plain=f"My own words. {LEAVE}").text == f"My own words. {LEAVE}"


def test_a_whole_document_is_left_as_it_is(letter):
    body = f"<!doctype html><html><body class='mine'><p>Hi</p><a href='{LEAVE}'>x</a></body></html>"
    assert letter(body, format="html").html == body
    assert "class='mine'><div style=" in letter(body, format="html", preheader="Psst").html


@pytest.mark.parametrize(
    ("body", "format", "told"),
    [
        ("<mjml>", "mjml", "It is no MJML"),
        ("hello", "mjml", "It is no MJML"),
        (f"<mjml><mj-body><mj-include path='/etc/passwd'/>{LEAVE}</mj-body></mjml>", "mjml", "It is no MJML"),
        (f"<mjml><mj-body>{'<mj-section>' * 5000}{LEAVE}", "mjml", "more than 100 elements inside each other"),
        ("<html><body>Stay</body></html>", "html", "everybody must be able to leave"),
        ("{{ nobody }}", "markdown", "there is no field 'nobody'"),
        ("x" * 200_001, "markdown", "at most 200,000 characters"),
        (" \n", "markdown", "Please write something."),
    ],
)
def test_what_makes_no_letter_is_refused_with_the_reason(refused, body, format, told):
    body = body if format != "mjml" or LEAVE in body else body + f"<!-- {LEAVE} -->"
    part, words = refused(body, format=format)
    assert part == "body" and told in words


def test_links_and_buttons_can_be_read_whatever_the_colour():
    from emails.writing import colours

    for accent in ("#ffff00", "#000000", "#ffffff", "#1f5fbf", "#ff7f50"):
        for ground in ("#ffffff", "#22252b"):
            assert colours.contrast(colours.readable(accent, ground), ground) >= colours.READABLE
        assert colours.contrast(colours.ink_on(accent), accent) >= colours.READABLE


def test_contrast_is_that_of_the_guidelines():
    from emails.writing import colours

    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_each_reader_gets_their_own_or_the_fallback():
    from emails.edition import Copy, edition
    from models.edition import Edition
    from models.publication import Publication
    from models.workspace import Workspace

    workspace = Workspace(id=1, name="W", base_url="https://postroom.test")
    publication = Publication(id=1, name="Notes", workspace=workspace, tracks=False)
    fields = ("first_name", "friend"), ("attributes.city", "your city"), ("attributes.n", "")
    words = ", ".join(f'{{{{ {name} | default("{fallback}") }}}}' for name, fallback in fields)
    whole = Edition(id=1, publication=publication, subject=words, text=words, html=f"<p>{words}</p>")
    known = edition(Copy(whole, 1, "Ada & King", "ada@example.com", {"city": "<Rome>", "n": 7}))
    assert str(known.text) == "Ada, <Rome>, 7" and "Ada, &lt;Rome&gt;, 7" in str(known.html)
    unknown = edition(Copy(whole, 2, "", "bob@example.com", {"city": ""}))
    assert unknown.subject == "friend, your city,"


@given(st.text(max_size=200))
def test_a_text_is_cut_into_words_and_fields_or_refused(text):
    from emails import personal

    if personal.problems(text):
        with pytest.raises(personal.Unfillable):
            personal.cut(text)
        return
    written = "".join(piece if isinstance(piece, str) else piece.written for piece in personal.cut(text))
    assert personal.fields(written) == personal.fields(text)


ONE_LINE = st.characters(exclude_characters="\r", codec="utf-8")  # Jinja2 takes every line break for \n


@given(st.text(ONE_LINE, min_size=1, max_size=40), st.text(ONE_LINE, max_size=40))
def test_a_field_is_written_as_it_is_read(attribute, fallback):
    from emails import personal

    field = personal.Field(f"attributes.{attribute}", fallback)
    assert personal.cut(field.written) == (field,)


@pytest.mark.parametrize("body", ["<!doctype html><!-- nothing", "<html></html>", "<html><frameset></frameset></html>"])
def test_a_document_that_says_nothing_is_an_article_without_words(body):
    from emails.article import article

    assert article("News", body).excerpt == ""
