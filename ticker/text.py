"""Text helpers: comparison keys, white space, control characters, credentials, wide encodings."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not decompose, and their usual ASCII substitutes.
_LOOSE_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"}
)
# Arabic: writers interchange the forms of one letter; tatweel only stretches a word.
_ARABIC_FORMS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": None, "ء": None}
)
# Scripts without spaces between words, for use in a character class: Thai, Lao, Tibetan, Myanmar, Khmer; Han.
SOUTHEAST_ASIAN = "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff"
HAN = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Invisible characters: zero-width characters, joiners, direction marks, soft hyphens.
INVISIBLE_CHARS = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad"
)
_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE_CHARS))
_HAS_INVISIBLE = re.compile(f"[{INVISIBLE_CHARS}]").search
# In the scripts of Persian and India, a joiner between two letters is spelling: one of several is kept. After a virama
# it is part of a letter (chillu, khanda ta), also at the end of a word.
_JOINED = "\u0600-\u0dff\ufb50-\ufdff\ufe70-\ufefc"
_VIRAMA = "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca"
_DROP_INVISIBLE = re.compile(
    f"(?<=[{_JOINED}])([\u200c\u200d])[\u200c\u200d]*(?=[{_JOINED}])|(?<=[{_VIRAMA}])([\u200c\u200d])|[{INVISIBLE_CHARS}]"
).sub

# Control characters can move a terminal's cursor, recolour it or retitle its window. A line break or a tab splits a
# line or column. An unclosed direction embedding, override or isolate reverses the rest of the line.
BIDI_CONTROLS = "\u202a-\u202e\u2066-\u2069"
# Zero-width spaces, annotations and tags hide text or carry invisible text. Joiners, direction marks and soft hyphens
# are spelling and are not listed.
HIDDEN_CHARS = "\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
CONTROL_CHARS = f"\\x00-\\x1f\\x7f-\\x9f\u2028\u2029{BIDI_CONTROLS}{HIDDEN_CHARS}"
"""The inside of a character class of a regular expression, like BIDI_CONTROLS and INVISIBLE_CHARS."""
_steering = re.compile(f"[{CONTROL_CHARS}]")


def replace_controls(text: str) -> str:
    """Replace each control, direction or hiding character with a space, so that positions stay."""
    return text if text.isprintable() else _steering.sub(" ", text)


def squeeze(text: str) -> str:
    """Replace each run of white space with one space, and strip both ends."""
    return " ".join(text.split())


def edge_pattern(left: str, right: str) -> re.Pattern[str]:
    """Return a pattern of what to strip: characters of the class ``left`` at the start, of ``right`` at the end."""
    # Alternatives: only punctuation, leading, trailing. Possessive runs and the lookbehind avoid quadratic time.
    return re.compile(rf"^{left}++{right}*+$|^{left}++|(?<!{right}){right}++$")


def clean(text: str) -> str:
    """Return ``text`` as it appears on one line: white space squeezed, invisible characters removed.

    Joiners stay where they are spelling: in Persian and in the scripts of India they distinguish words.
    """
    if not text.isascii() and _HAS_INVISIBLE(text):
        text = _DROP_INVISIBLE(r"\1\2", text)
    return " ".join(text.split())


def _is_accent(letter: str) -> bool:
    # Unicode's combining classes: 10 to 36 are the vowel marks of Hebrew, Arabic and Syriac, 200 and above the accents.
    # The classes below (kana voicing, nukta, virama) and between (vowels of Thai and Lao) make different letters.
    kind = unicodedata.combining(letter)
    return kind >= 200 or 10 <= kind <= 36


@lru_cache(maxsize=4096)
def _fold_word(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LOOSE_LETTERS))
    bare = "".join(letter for letter in folded if not _is_accent(letter))
    return unicodedata.normalize("NFC", bare.translate(_ARABIC_FORMS).translate(_INVISIBLE))


def fold(text: str) -> str:
    """Return a comparison key that ignores case, accents, vowel marks and letter variants, in every script.

    >>> fold("Société")
    'societe'
    """
    return text.lower() if text.isascii() else _fold_word(text)


# Up to the last @ before the path: a password may contain an @.
_CREDENTIALS = re.compile(r"(https?://)[^/?#\s]*@", re.IGNORECASE)


def without_password(text: str) -> str:
    """Remove the user names and passwords from the URLs in ``text``."""
    return _CREDENTIALS.sub(r"\1", text)


def wide_codec(data: bytes) -> str | None:
    """Return the codec of a UTF-16 or UTF-32 page, found by its mark or the NULs in its first tags, or None.

    >>> wide_codec("<html><head>".encode("utf-16-be"))
    'utf_16_be'
    """
    for mark, codec in _MARKS_OF_WIDE:
        if data.startswith(mark):
            return codec
    start = data[:_TELLING_BYTES]
    for codec, nul in _WIDE.items() if b"\0" in start else ():
        found = [start[place::4].count(0) / max(len(start[place::4]), 1) for place in range(4)]
        if all(share > 0.5 if place in nul else share < 0.1 for place, share in enumerate(found)):
            return codec if start.decode(codec, "replace").lstrip("\ufeff\n\r\t ").startswith("<") else None
    return None


_MARKS_OF_WIDE = (
    (b"\xff\xfe\0\0", "utf_32"),
    (b"\0\0\xfe\xff", "utf_32"),
    (b"\xff\xfe", "utf_16"),
    (b"\xfe\xff", "utf_16"),
)
# In each four bytes of ASCII text, the positions that are 0.
_WIDE = {"utf_16_le": {1, 3}, "utf_16_be": {0, 2}, "utf_32_le": {1, 2, 3}, "utf_32_be": {0, 1, 2}}
_TELLING_BYTES = 256
