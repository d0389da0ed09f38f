"""Words in all their forms: whoever looks for "shipping" finds "shipped".

Texts are kept as they are written, in whatever language, so each word of a question looks for all that begins with its
stem instead. Stems are those of PostgreSQL's Snowball dictionaries, for the languages that somebody reads.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import takewhile

from sqlalchemy import text
from sqlalchemy.orm import Session

SHORTEST = 3  # characters of a stem: with fewer, too much begins so
STEMMERS = {
    "da": "danish", "de": "german", "en": "english", "es": "spanish", "fi": "finnish", "fr": "french",
    "hu": "hungarian", "it": "italian", "nb": "norwegian", "nl": "dutch", "no": "norwegian", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip

# A lexeme of a tsquery, behind `!` or `<->` where it is left out or part of a phrase, and before what goes on a phrase.
_LEXEME = re.compile(r"(!|> )?'((?:''|[^'])+)'( <)?")


def question(tx: Session, asked: str, languages: Sequence[str]) -> tuple[str, str]:
    """What is looked for, for PostgreSQL (`websearch_to_tsquery`): as it was asked, and in all forms of its words.

    Both are empty for a question without words. What stands in quotation marks, or is left out, is meant as it is.
    """
    known = [f"{STEMMERS[each]}_stem" for each in dict.fromkeys(languages) if each in STEMMERS]
    row = tx.execute(_QUESTION, {"asked": asked, "dictionaries": known}).one()
    stems: dict[str, list[str]] = {}
    for word, stem in row.stems:
        stems.setdefault(word, []).append(stem)
    return row.query, _LEXEME.sub(lambda found: _widened(found, stems), row.query)


def _widened(lexeme: re.Match[str], stems: Mapping[str, Sequence[str]]) -> str:
    """`'shipping'` is `'ship':*`; a stem that changes the word (happy: happi) counts as far as it does not."""
    before, word, after = lexeme.groups()
    shared = min((_shared(word, stem) for stem in stems.get(word, ())), default=len(word))
    is_lone = not before and not after
    return f"'{word[:shared]}':*" if is_lone and SHORTEST <= shared < len(word) else lexeme[0]


def _shared(word: str, stem: str) -> int:
    """How many characters they begin with both, accents aside: some stems have none (Häusern: haus)."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(_bare(word), _bare(stem), strict=False))
    return sum(1 for _ in pairs)


def _bare(word: str) -> str:
    """As long as before."""
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in word)


_QUESTION = text("""
    select cast(websearch_to_tsquery('simple', :asked) as text) as query, array(
        select array[word, stem]
        from unnest(tsvector_to_array(to_tsvector('simple', :asked))) as word,
             unnest(cast(:dictionaries as text[])) as dictionary,
             unnest(ts_lexize(cast(dictionary as regdictionary), word)) as stem
    ) as stems
""")
