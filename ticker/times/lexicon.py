"""Tokenization of a text with the compiled word tables; every token has a kind.

A word can have several roles ("mar" is March and Tuesday, "h" an hour and a marker of clock times). A token's *kind*
is the set of its roles, encoded as one character. The regular expressions of `grammar.py` match a text's string of
kinds; their size does not depend on the number of languages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ticker.times.calendars import BUDDHIST_YEARS, JALALI_YEARS, MINGUO_YEARS
from ticker.times.data import clock_words, names, phrases, words
from ticker.times.zones import ABBREVIATED_OFFSETS, ABBREVIATED_ZONES

# The digit zero of living scripts: Arabic, Persian, the Indic scripts, Thai, Lao, Burmese, Khmer, fullwidth.
_ZEROS = "٠۰०০੦૦୦௦౦೦൦๐໐၀០０"
# Punctuation that pages use interchangeably.
_SAME_SIGNS = {
    " ": "\t\n\r\x0b\x0c\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029"
    "\u202f\u205f\u3000\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\xad",
    "'": "’‘ʼ′´`׳＇",
    '"': "״“”„«»",
    "-": "‐‑‒–—―−־－",
    ":": "：∶ː",
    ",": "，、،؛",
    ".": "．。۔।॰",
    "/": "／⁄",
    "(": "（【〔［",
    ")": "）】〕］",
    "|": "｜¦│",
    "·": "・•∙⋅◦●",
    "*": "×÷",
}
# Letters that Unicode does not decompose, and Arabic letters that pages use interchangeably.
_SAME_LETTERS = {
    "o": "ø",
    "d": "đðɗ",
    "l": "ł",
    "i": "ı",
    "k": "ƙ",
    "b": "ɓ",
    "σ": "ς",
    "ي": "یىئ",
    "ك": "ک",
    "ه": "ةہھ",
    "ا": "أإآٱ",
    "و": "ؤ",
}
_LETTER_BLOCKS = ((0xC0, 0x250), (0x370, 0x530), (0x958, 0x960), (0x9DC, 0x9E0), (0x1E00, 0x2000))
# The letters of flattened words in alphabets; then the scripts without spaces between words.
_ALPHABET = "a-z\u00aa\u00b5\u00ba\u00c0-\u02af\u0300-\u0dff\u10a0-\u177f\u1e00-\u1fff"
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"

# Years that count as such on pages: Gregorian, Buddhist and Jalali.
YEARS = (range(1900, 2101), BUDDHIST_YEARS, JALALI_YEARS)

# The characters that encode kinds. Punctuation encodes itself; "x" encodes every other token.
# All are below 256, where Python compiles a character class a hundred times as fast.
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWYZabcdefghijklmnopqrstuvwyz0123456789" + "".join(
    map(chr, (*range(0xA1, 0x100), *range(0x0E, 0x20), *range(0x7F, 0xA0)))
)
_PUNCTUATION = " .,:;/-()[]|·'\"+@#*<>&=_~!?"

# The half of the day of each part; for "night" it depends on the hour.
_PARTS = {"morning": "am", "afternoon": "pm", "evening": "pm"}
_DAYWORDS = {"today": 0, "yesterday": -1, "earlier": -2, "third": -3}
# Every time without a digit has a word for a day, or a unit and a word for "ago".
_TELLING = {
    **dict.fromkeys(("now", "dayword", "weekday"), ("day",)),
    **dict.fromkeys(("unit", "unitago", "single", "double", "span"), ("unit",)),
    **dict.fromkeys(("before", "after", "rarebefore", "rareafter"), ("ago",)),
    "pastunit": ("unit", "ago"),
}
# Punctuation that may be attached to words.
_AROUND_WORDS = "(),.:"
# Shorter names of weekdays do not count as times by themselves.
_SHORTEST_WEEKDAY = 4


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The compiled word tables, keyed by flattened spelling.

    ``kinds`` maps a token to its kind. ``roles`` maps a role to its kinds, as the inside of a character class.
    ``values`` maps a role and a token to its meaning. ``compounds`` maps a token to the spellings that start with it
    and have more than one run of letters ("il y a", "時間"), longest first. ``longest_parts`` has the longest token of
    each. ``hints`` has one word of every spelling, without punctuation, for "day", for "unit", for "ago", and for
    "first", which is the union of "day" and "unit". ``unspaced`` finds a letter of scripts without spaces between
    words; ``unspaced_hint`` finds times without a digit in these scripts.
    """

    kinds: Mapping[str, str]
    roles: Mapping[str, str]
    values: Mapping[str, Mapping[Any, Any]]
    compounds: Mapping[str, Sequence[str]]
    longest_parts: frozenset[str]
    hints: Mapping[str, frozenset[str]]
    unspaced: re.Pattern[str]
    unspaced_hint: re.Pattern[str]
    signs: Mapping[int, str]
    simple_token: re.Pattern[str]
    inside_word: re.Pattern[str]

    def may_tell_time(self, text: str) -> bool:
        """Return whether a text without a digit may hold a time; fast, without false negatives."""
        pieces, hints = [piece.strip(_AROUND_WORDS) for piece in text.lower().split()], self.hints
        if "'" in text or "’" in text:  # "un'ora fa"
            pieces += [piece.replace("’", "'").partition("'")[2] for piece in pieces]
        if not hints["first"].isdisjoint(pieces) and (
            not hints["day"].isdisjoint(pieces)
            or (not hints["unit"].isdisjoint(pieces) and not hints["ago"].isdisjoint(pieces))
        ):
            return True
        return not text.isascii() and bool(self.unspaced.search(text)) and bool(self.unspaced_hint.search(text))

    def flatten(self, text: str) -> str:
        """Return ``text`` in lower case with plain letters, digits and punctuation; offsets do not change."""
        if text.isascii():
            return text.lower() if text.isprintable() else text.lower().translate(self.signs)
        return text.replace("İ", "i").lower().translate(self.signs)

    def tokens(self, flat: str) -> list[str]:
        """Return the tokens of a flattened text: numbers, words, compounds, runs of spaces, other single characters."""
        simple = self.simple_token.findall(flat)
        if self.longest_parts.isdisjoint(simple):
            return simple
        begun = self.compounds.keys() & simple
        if not any(compound in flat for token in begun for compound in self.compounds[token]):
            return simple
        tokens: list[str] = []
        at = done = 0
        for token in simple:
            start, at = at, at + len(token)
            if start < done:  # within a compound
                continue
            for compound in self.compounds.get(token, ()):
                if flat.startswith(compound, start) and not self.inside_word.match(flat, start + len(compound) - 1):
                    token = compound
                    break
            tokens.append(token)
            done = start + len(token)
        return tokens


@cache
def lexicon() -> Lexicon:
    """Return the lexicon; build it on the first call."""
    signs = _signs()
    values: dict[str, dict[Any, Any]] = {}
    roles: dict[str, set[str]] = {}
    told: dict[str, set[str]] = {kind: set() for asked in _TELLING.values() for kind in asked}
    for role, word, value in _entries():
        forms = _forms(word, signs)
        meanings = values.setdefault(role, {})
        for form in forms:
            meanings.setdefault(form, value)
            roles.setdefault(form, set()).add(role)
        if role in _TELLING and (role != "weekday" or len(word) >= _SHORTEST_WEEKDAY):
            for kind in _TELLING[role]:
                told[kind].update(forms, (word, word.replace("'", "’")))
    values["beside"] = {
        (a, b): seconds
        for (unit, ago), seconds in words.UNITS_BESIDE.items()
        for a in _forms(unit, signs)
        for b in _forms(ago, signs)
    }
    for number, played in _numbers():
        roles.setdefault(number, set()).update(played)

    letters: dict[frozenset[str], str] = {}
    pool = (letter for letter in _LETTERS if letter not in _PUNCTUATION)
    kinds = {sign: sign for sign in _PUNCTUATION}
    for form, played in roles.items():
        key = frozenset(played)
        if key not in letters:
            letters[key] = next(pool)
        kinds[form] = letters[key]
    classes: dict[str, str] = {}
    for key, letter in letters.items():
        for role in key:
            classes[role] = classes.get(role, "") + letter
    token = re.compile(rf"[0-9]+|[{_ALPHABET}]+| +|.", re.DOTALL)
    unspaced = re.compile(f"[{_UNSPACED}]")
    elided = [form for form in values["one"] if form.endswith("'")]
    hints = {kind: _hints(forms, elided if kind == "unit" else (), unspaced) for kind, forms in told.items()}
    hints["first"] = hints["day"] | hints["unit"]
    compounds = _compounds(roles, token)
    return Lexicon(
        kinds=kinds,
        roles=classes,
        values=values,
        compounds=compounds,
        longest_parts=frozenset(_telling_part(token.findall(form)) for forms in compounds.values() for form in forms),
        hints=hints,
        unspaced=unspaced,
        unspaced_hint=_unspaced_hint(values, unspaced),
        signs=signs,
        simple_token=token,
        inside_word=re.compile(rf"[0-9{_ALPHABET}][0-9{_ALPHABET}]"),
    )


def _rows(table: str) -> Iterator[list[str]]:
    """Yield the rows of a table, each a list of its words; the first word is the row's name."""
    row: list[str] = []
    for line in table.strip("\n").splitlines():
        if not line.startswith(" ") and row:
            yield row
            row = []
        row += line.split()
    yield row


def _entries() -> Iterator[tuple[str, str, Any]]:
    """Yield the role, the spelling in lower case and the meaning of every word of the tables."""
    for role, word, value in _raw_entries():
        yield role, word.replace("_", " ").lower(), value


def _raw_entries() -> Iterator[tuple[str, str, Any]]:
    numbered = (
        ("name", names.MONTHS, range(1, 13)),
        ("jalali", names.JALALI_MONTHS, range(1, 13)),
        ("weekday", names.WEEKDAYS, range(7)),
        ("daysign", names.WEEKDAY_SIGNS, range(7)),
        ("unit", words.UNITS, words.UNIT_SECONDS),
        ("single", words.ONE, words.UNIT_SECONDS),
        ("double", words.TWO, words.UNIT_SECONDS),
        ("unitago", words.UNITS_BESIDE_AGO, words.UNIT_SECONDS),
        ("pastunit", words.PAST_UNITS, words.UNIT_SECONDS),
        ("count", words.COUNTS, range(2, 11)),
    )
    for role, table, values in numbered:
        for _, *groups in _rows(table):
            for value, group in zip(values, groups, strict=True):
                yield from ((role, word, value) for word in group.split("/"))
    for rarer, table in (("", phrases.PHRASES), ("rare", phrases.RARER_PHRASES)):
        for _, *each in _rows(table):
            for phrase in each:
                name, _, spellings = phrase.partition(":")
                role = "dayword" if name in _DAYWORDS else rarer + name if name in ("before", "after") else name
                yield from ((role, word, _DAYWORDS.get(name)) for word in spellings.split("/"))
    for role, table, unit in (("span", phrases.SPANS, words.MINUTE), ("count", words.HIGHER_COUNTS, 1)):
        for _, *each in _rows(table):
            for phrase in each:
                number, _, spellings = phrase.partition(":")
                yield from ((role, word, int(number) * unit) for word in spellings.split("/"))
    for role, table in (("part", clock_words.DAY_PARTS), ("partafter", clock_words.DAY_PARTS_AFTER)):
        for _, *parts in _rows(table):
            for part in parts:
                name, _, spellings = part.partition(":")
                yield from ((role, word, name) for word in spellings.split("/"))
    for half, days, *words_for in _rows(clock_words.DAYS_WITH_PARTS):
        for word in words_for:
            yield "dayword", word, int(days)
            yield "partday", word, _PARTS.get(half, half)
    yield from (("era", name, year) for name, year in clock_words.ERAS.items())
    for name, *marks in _rows(clock_words.MARKS):
        yield from ((f"{name}mark", word, None) for word in marks)
    yield from (("measure", word, None) for word in clock_words.MEASURES.split())
    yield from (("zone", letters, zone) for letters, zone in (ABBREVIATED_OFFSETS | ABBREVIATED_ZONES).items())


def _numbers() -> Iterator[tuple[str, set[str]]]:
    """Yield the numbers that times consist of, and the roles of each."""
    for number in range(100):
        for text in {str(number), f"{number:02}"}:
            roles = {"number", "digits"}
            roles.update({"hh"} if number < 24 else ())
            roles.update({"dd"} if 1 <= number <= 31 else ())
            roles.update({"mm"} if number < 60 and len(text) == 2 else ())
            roles.update({"yy"} if len(text) == 2 else ())
            yield text, roles
    yield from (
        (str(number), {"number", "digits"} | ({"minguo"} if number in MINGUO_YEARS else set()))
        for number in range(100, 1000)
    )
    for years in YEARS:
        yield from ((str(year), {"year", "digits"}) for year in years)
    yield from ((f"{hour:02}{minute:02}", {"hhmm", "digits"}) for hour in range(24) for minute in range(60))


def _signs() -> dict[int, str]:
    """Return the character that each code point is flattened to, if it changes."""
    signs = {ord(zero) + digit: str(digit) for zero in _ZEROS for digit in range(10)}
    for start, end in _LETTER_BLOCKS:
        for code in range(start, end):
            parts = unicodedata.normalize("NFKD", chr(code))
            if len(parts) > 1 and all(map(unicodedata.combining, parts[1:])):
                signs[code] = parts[0].lower()
    for table in (_SAME_SIGNS, _SAME_LETTERS):
        signs.update((ord(other), sign) for sign, others in table.items() for other in others)
    return signs


def _forms(word: str, signs: Mapping[int, str]) -> set[str]:
    """Return the flattened spellings of a word: composed and decomposed, with and without a nukta."""
    if word.isascii():
        return {word}
    forms = {word, unicodedata.normalize("NFC", word), unicodedata.normalize("NFD", word)}
    forms |= {form.replace("\u093c", "").replace("\u09bc", "") for form in forms}
    return {form.translate(signs) for form in forms}


def _compounds(forms: Iterable[str], token: re.Pattern[str]) -> dict[str, list[str]]:
    compounds: dict[str, list[str]] = {}
    for form in sorted(forms, key=len, reverse=True):
        first = token.match(form)
        if first and first[0] != form:
            compounds.setdefault(first[0], []).append(form)
    return compounds


def _telling_part(tokens: Sequence[str]) -> str:
    """Return the longest token of a compound, the last one on a tie: the first is often "a" or "in"."""
    return max(reversed(tokens), key=lambda token: (len(token), token.isalpha()))


def _hints(told: Iterable[str], elided: Iterable[str], unspaced: re.Pattern[str]) -> frozenset[str]:
    pieces = {max(form.split(), key=len).strip(_AROUND_WORDS) for form in told if not unspaced.match(form)}
    befores = ("", *elided, *(form.replace("'", "’") for form in elided))
    return frozenset([before + piece for piece in pieces for before in befores])


def _unspaced_hint(values: Mapping[str, Mapping[Any, Any]], unspaced: re.Pattern[str]) -> re.Pattern[str]:
    def spelt(*roles: str) -> list[str]:
        forms = {form for role in roles for form in values[role] if unspaced.match(form)}
        return sorted(forms, key=len, reverse=True)

    def either(forms: Iterable[str]) -> str:
        return "|".join(map(re.escape, forms))

    alone, ones = spelt("now", "dayword", "weekday", "span"), spelt("one", "some", "count")
    # The leading character class lets the search skip all other characters quickly.
    starts = "".join(sorted({form[0] for form in (*alone, *ones)}))
    return re.compile(f"(?=[{starts}])(?:{either(alone)}|(?:{either(ones)}) *(?:{either(spelt('unit'))}))")
