"""How a file is written is found out, and what is no table is refused quickly, with the reason."""

import time

import pytest

from models.imports import cells
from models.imports.cells import Unreadable
from models.imports.dialect import Dialect, NoTable
from models.imports.kinds import KINDS
from models.imports.preview import Preview
from models.imports.table import rows

NAMES = "Name;E-Mail\nJörg Müller;joerg@example.com\nZoë;zoe@example.com\n"


def read(raw):
    return [cells for _, cells in rows([raw], Dialect.of(raw))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_table_reads_the_same_however_it_is_written(encoding, delimiter, ending):
    raw = NAMES.replace(";", delimiter).replace("\n", ending).encode(encoding)
    assert read(raw) == [["Name", "E-Mail"], ["Jörg Müller", "joerg@example.com"], ["Zoë", "zoe@example.com"]]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Nom;Prénom\nAndré;François\nHélène;Besançon\n", "cp1252"),
        ("Nombre,Correo\nJosé Muñoz,j@x.com\nÍñigo,i@x.com\n", "cp1252"),
        ("name;x\nŁukasz Żółw;y\nŚwięty Mikołaj;z\n", "cp1250"),
        ("Имя;Почта\nИван Петров;ivan@example.com\nМария;m@x.example\n", "cp1251"),
        ("名前;メール\n田中健二;t@example.com\n山田花子;y@example.com\n", "cp932"),
        ("姓名,邮箱\n王小明,w@example.com\n李雷,l@example.com\n", "gb18030"),
    ],
)
def test_encodings_are_told_apart_by_their_letters(text, encoding):
    assert Dialect.of(text.encode(encoding)).encoding == encoding


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a,b\n"x\ny","say ""hi"""\n', [["a", "b"], ["x\ny", 'say "hi"']]),
        ("sep=;\na;b\n1,5;2\n", [["a", "b"], ["1,5", "2"]]),
        ("a,b\n\n1\n , \n1,2,3\n", [["a", "b"], ["1"], ["1", "2", "3"]]),
        ("mail\na@x.com\nb@x.com\n", [["mail"], ["a@x.com"], ["b@x.com"]]),
        ('Name;Hours\n"Doe; John";6,5\n', [["Name", "Hours"], ["Doe; John", "6,5"]]),
    ],
)
def test_what_programs_write_is_understood(text, expected):
    assert read(text.encode()) == expected


def test_rows_are_numbered_as_a_spreadsheet_shows_them():
    raw = b"mail\n\na@x.com\n"
    assert [number for number, _ in rows([raw], Dialect.of(raw))] == [1, 3]


def test_a_file_reads_the_same_whatever_pieces_it_comes_in():
    raw = NAMES.encode("utf-16")
    dialect = Dialect.of(raw)
    for size in (1, 2, 3, 7):
        pieces = [raw[start : start + size] for start in range(0, len(raw), size)]
        assert list(rows(pieces, dialect)) == list(rows([raw], dialect))


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "it is empty"),
        (b" \r\n\n", "it is empty"),
        (b"name,mail\n", "it has names of columns, and no rows"),
        (b"%PDF-1.7\n%", "it is a PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1", "it is not text: it holds bytes that no table has"),
        (b"a" * 1_200_000, "line 1 is longer than 1,000,000 characters"),
        (b"a," * 100_000 + b"\n1,2\n", "line 1 has 100,001 columns, and a table here at most 500"),
        (b'a,b\n"never closed,' + b"x,\n" * 100_000, "never closed"),
    ],
)
def test_what_is_no_table_is_refused_within_seconds(raw, reason):
    began = time.monotonic()
    with pytest.raises(NoTable, match=reason.replace("(", r"\(")):
        Preview.of(raw, Dialect.of(raw), KINDS["team_members"], whole=True)
    assert time.monotonic() - began < 5


def test_a_line_of_a_gigabyte_is_refused_once_it_is_too_long():
    taken = []

    def pieces():
        for place in range(1_000):
            taken.append(place)
            yield b"x" * 1_000_000

    with pytest.raises(NoTable, match="longer than"):
        list(rows(pieces(), Dialect("utf-8", ",")))
    assert len(taken) < 5


@pytest.mark.parametrize(
    ("columns", "mapping"),
    [
        ("First name,Last name,E-mail,TZ", ["name", "name", "email", "zone"]),
        ("Wer,Wo,Was", ["", "", ""]),
        ("FULL_NAME,Work Email,Department", ["name", "email", "team"]),
    ],
)
def test_columns_are_known_by_their_names(columns, mapping):
    seen = Preview.of(f"{columns}\n1,2,3,4\n".encode(), Dialect("utf-8", ","), KINDS["team_members"], whole=True)
    assert seen.mapping[: len(mapping)] == mapping


def test_columns_without_names_are_known_by_what_stands_in_them():
    raw = b"Ada,ada@example.com,Europe/London\nGrace,grace@example.com,America/New_York\n"
    seen = Preview.of(raw, Dialect.of(raw), KINDS["team_members"], whole=True)
    assert (seen.has_header, seen.columns) == (False, ["Column 1", "Column 2", "Column 3"])
    assert (seen.mapping, len(seen.rows)) == (["", "email", "zone"], 2)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("18:00", "18:00"), ("18.30", "18:30"), ("6 pm", "18:00"), ("6:30 PM", "18:30"), ("12 am", "00:00"),
        ("12pm", "12:00"), ("18h30", "18:30"), ("9", "09:00"), ("17 Uhr", "17:00"), ("0.75", "18:00"),
        ("09:00:00", "09:00"), ("6 p.m.", "18:00"),
    ],
)  # fmt: skip
def test_hours_are_read_as_people_write_them(text, hour):
    assert f"{cells.hour(text):%H:%M}" == hour


@pytest.mark.parametrize("text", ["25:00", "noon", "18:75", "13 pm", "-1", "1800000"])
def test_what_is_no_hour_is_said_to_be_none(text):
    with pytest.raises(Unreadable):
        cells.hour(text)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Mon-Fri", (0, 1, 2, 3, 4)), ("Mo, We", (0, 2)), ("weekdays", (0, 1, 2, 3, 4)),
        ("1-5", (0, 1, 2, 3, 4)), ("Monday and Thursday", (0, 3)), ("Sat – Mon", (0, 5, 6)), ("7", (6,)),
        ("Tues Thurs", (1, 3)),
    ],
)  # fmt: skip
def test_days_are_read_as_people_write_them(text, days):
    assert cells.days(text) == days


def test_zones_are_known_by_their_city_in_any_case():
    assert cells.zone("berlin") == "Europe/Berlin"
    assert cells.zone("america/new york") == "America/New_York"
    assert cells.zone("UTC") == "UTC"
    for wrong in ("Nowhere", "", "CET+1"):
        with pytest.raises(Unreadable):
            cells.zone(wrong)


@pytest.mark.parametrize(
    ("bomb", "words"),
    [
        (b'"' + b"x\n" * 40_000 + b'",', "a row is longer than 1,000,000 characters"),
        (b",\n" * 20_000, "blank rows on end"),
        (b"x" * 100_000, "is longer than 1,000,000 characters"),
        (b'"' + b"x\n" * 60_000, "a quotation mark is never closed"),
    ],
)
def test_what_never_ends_behind_good_rows_is_refused_soon(bomb, words, monkeypatch):
    monkeypatch.setattr("models.imports.table.MOST_BLANK", 100_000)
    pieces = (b"mail,name\na@x.com,A\n", *[bomb] * 60)
    taken = 0

    def given():
        nonlocal taken
        for piece in pieces:
            taken += len(piece)
            yield piece

    began = time.thread_time()
    with pytest.raises(NoTable, match=words):
        list(rows(given(), Dialect("utf-8", ",")))
    assert taken < 4_000_000 and time.thread_time() - began < 10


@pytest.mark.parametrize("cell", [b"http://" + b"a." * 8_000, b"1." * 8_000, b"-" * 8_000])
def test_a_delimiter_is_found_soon_whatever_the_cells_look_like(cell):
    began = time.thread_time()
    assert Dialect.of(b"mail;page\na@x.com;" + cell).delimiter in (";", ",")
    assert time.thread_time() - began < 3
