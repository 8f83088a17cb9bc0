"""Detection of pages shown instead of content: consent pages, challenges, logins, refusals and empty shells.

They are detected by words and structure together: short pages without a date, about one topic only, with a button to
accept, a captcha widget or a password field. An article about cookies has a date or other topics.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, Literal

from lxml import etree

from ticker.parsing.outline import Outline, parse_tree
from ticker.parsing.vocabulary.interstitials import (
    ACCEPTING,
    CHALLENGE_MARKS,
    CHALLENGE_NAMES,
    CHALLENGE_TITLES,
    CHALLENGES,
    CONSENT_OPENINGS,
    CONSENT_TERMS,
    CONSENT_TITLES,
    LEGAL_TITLES,
    LOGINS,
    MAINTENANCE,
    MAINTENANCE_TITLES,
    REFUSALS,
    REGIONS,
    SCRIPTS,
)
from ticker.text import clean, fold

Interstitial = Literal[
    "",
    "consent page",
    "challenge page",
    "login page",
    "page built by scripts",
    "page that is refused in this country",
    "maintenance page",
]

# Maximum lengths in characters; longer pages have content. Consent pages list purposes and may be long.
_LONGEST_CONSENT = 12_000
_LONGEST_CHALLENGE = 3_000
_LONGEST_LOGIN = 5_000
_LONGEST_REFUSAL = 900
_LONGEST_MAINTENANCE = 600
# A challenge of at most this many characters needs no other sign.
_MERE_SENTENCE = 400
# A challenge recognized only by its title and a widget has at most this many characters.
_FEW_SENTENCES = 600
# Maximum lengths of headings and button texts, in characters.
_LONGEST_HEADING = 90
_LONGEST_CONTROL = 60
# Minimum shares of a page's text about its kind. On pages that declare themselves articles, consent must be nearly
# the only topic.
_MOSTLY = 0.5
_NEARLY_ALL = 0.7
_A_GOOD_PART = 0.2
# Maximum number of characters on a page before scripts build it: its title, "Loading", a copyright line.
_HARDLY_ANY = 300
_UNSHOWN = frozenset("head script style noscript template svg".split())
# Number of sampled lines, and the share of them below which a page is not about consent.
_SAMPLE = 24
_HARDLY = 0.1
_SHORTEST_TEXT = 20
_DIGITS = re.compile(r"[\d.,()]+")


def find_interstitial(outline: Outline, source: bytes, is_article: bool) -> Interstitial:
    """Return the kind of interstitial that a page without headlines is, or "" if it shows content.

    ``source`` is the page in UTF-8 that ``outline`` was built from; ``is_article`` is true if the page declares itself
    an article, such as by a date.
    """
    if not outline.nodes:
        return ""
    page = _Page(outline, source)
    kinds = _KINDS if _has_fitting_length(outline) else _KINDS_OF_ANY_LENGTH
    if kinds is _KINDS and _is_consent(page, is_article):
        return "consent page"
    return next((kind for kind, is_kind in kinds if is_kind(page)), "") if not is_article else ""


def _has_fitting_length(outline: Outline) -> bool:
    """Return whether a page is as short as interstitials are; notices of consent are longer than the others."""
    size = outline.nodes[0].chars
    return size <= _LONGEST_LOGIN or (size <= _LONGEST_CONSENT and _may_be_consent(outline))


def _may_be_consent(outline: Outline) -> bool:
    """Return whether a sample of texts from the whole page mentions consent."""
    texts = [text for text in outline.texts if len(text) >= _SHORTEST_TEXT]
    sample = [_flat(text) for text in texts[:: max(1, len(texts) // _SAMPLE)]]
    return _share(sample, CONSENT_TERMS) >= _HARDLY


class _Page:
    """The lines, headings and controls of a page, folded and without digits."""

    def __init__(self, outline: Outline, source: bytes) -> None:
        self._outline = outline
        self._source = source
        self.has_text = outline.nodes[0].chars > _HARDLY_ANY and not outline.is_for_want_of_scripts

    @cached_property
    def _shown(self) -> list[str]:
        return self._outline.lines(self._outline.nodes[0])

    @cached_property
    def tree(self) -> Any:
        """Return the lxml tree of the page, parsed again on first use, which few pages need."""
        return parse_tree(self._source)

    @cached_property
    def lines(self) -> list[str]:
        """Return the lines of the page."""
        return [_flat(line) for line in self._shown]

    @cached_property
    def sample(self) -> list[str]:
        """Return a sample of lines from the whole page."""
        return [_flat(line) for line in self._shown[:: max(1, len(self._shown) // _SAMPLE)]]

    @cached_property
    def size(self) -> int:
        """Return the number of characters on the page."""
        return sum(map(len, self.lines))

    @cached_property
    def headings(self) -> list[str]:
        """Return the title and the headings."""
        headings = (self._outline.text(node) for node in self._outline.headings)
        return [_flat(text) for text in (self._outline.title, *headings) if len(text) <= _LONGEST_HEADING]

    def is_headed(self, phrases: Sequence[str]) -> bool:
        """Return whether the title or a heading contains one of ``phrases``."""
        return any(_holds(text, phrases) for text in self.headings)

    def share(self, phrases: Sequence[str]) -> float:
        """Return the share of the text in lines that contain one of ``phrases``; 0.0 if a sample has nearly none."""
        if len(self._shown) > 2 * _SAMPLE and _share(self.sample, phrases) < _HARDLY:
            return 0.0
        return _share(self.lines, phrases)

    def has_control(self, phrases: Sequence[str]) -> bool:
        """Return whether a button or a short link contains one of ``phrases``."""
        nodes = (node for node in self._outline.nodes if node.tag in ("button", "a") or node.get("role") == "button")
        shown = (self._outline.text(node) for node in nodes if node.chars <= _LONGEST_CONTROL)
        values = (clean(each.get("value") or "") for each in self._inputs("submit", "button"))
        return any(_holds(_flat(text), phrases) for text in (*shown, *values) if len(text) <= _LONGEST_CONTROL)

    def has_password(self) -> bool:
        """Return whether the page has a password field."""
        return next(iter(self._inputs("password")), None) is not None

    def has_widget(self, names: Sequence[str]) -> bool:
        """Return whether a class name, id, field name or the URL of a frame, script or image holds one of ``names``."""
        loaded = (each.get("src") or "" for each in self.tree.iter("iframe", "script", "img"))
        fields = (each.get("name") or "" for each in self.tree.iter("input", "textarea"))
        named = (node.names for node in self._outline.nodes)
        return any(_holds(text.lower(), names) for texts in (loaded, fields, named) for text in texts)

    def is_marked(self, marks: Sequence[str]) -> bool:
        """Return whether an id or the URL of a frame contains one of ``marks``."""
        texts = (each.get("id") or "" for each in self.tree.iter(etree.Element))
        frames = (each.get("src") or "" for each in self.tree.iter("iframe"))
        return any(_holds(text.lower(), marks) for text in (*texts, *frames))

    def _inputs(self, *types: str) -> Iterable[Any]:
        return (each for each in self.tree.iter("input") if (each.get("type") or "").lower() in types)


def _is_consent(page: _Page, is_article: bool) -> bool:
    about = page.share(CONSENT_TERMS)
    if about < (_NEARLY_ALL if is_article else _MOSTLY):
        return False
    signs = (
        page.is_headed(CONSENT_TITLES),
        any(_holds(line, CONSENT_OPENINGS) for line in page.lines),
        page.has_control(ACCEPTING),
    )
    return sum(signs) >= (3 if is_article else 2)


def _is_challenge(page: _Page) -> bool:
    if page.size > _LONGEST_CHALLENGE:
        return False
    about = page.share(CHALLENGES)
    if (about and page.size <= _MERE_SENTENCE) or page.is_marked(CHALLENGE_MARKS):
        return True
    is_headed, has_widget = page.is_headed(CHALLENGE_TITLES), page.has_widget(CHALLENGE_NAMES)
    if about < _A_GOOD_PART:
        return is_headed and has_widget and page.size <= _FEW_SENTENCES
    return is_headed or has_widget


def _is_script_only(page: _Page) -> bool:
    # For a page that is empty without scripts, the outline holds the text of <noscript>; see ``build_outline``.
    return page.size <= _MERE_SENTENCE and page.share(SCRIPTS) >= _A_GOOD_PART


def _is_built_by_scripts(page: _Page) -> bool:
    """Return whether a page has scripts, an empty element with a name or id to fill, and hardly any text."""
    if page.has_text or next(page.tree.iter("script"), None) is None:
        return False
    size, is_waiting, left = 0, False, [page.tree]
    while left:
        element = left.pop()
        children = [child for child in element if isinstance(child.tag, str)]
        texts = [element.text, *(child.tail for child in element)]
        size += sum(len(text.strip()) for text in texts if text)
        if size > _HARDLY_ANY:
            return False
        is_named = "-" in element.tag or (element.tag in ("div", "main", "section") and bool(element.get("id")))
        is_waiting = is_waiting or (is_named and not children and not any(text and text.strip() for text in texts))
        left += [child for child in children if child.tag not in _UNSHOWN]
    return is_waiting


def _is_refused(page: _Page) -> bool:
    if page.size > _LONGEST_REFUSAL:
        return False
    refused = [line for line in page.lines if _holds(line, REGIONS) and _holds(line, REFUSALS)]
    return page.is_headed(LEGAL_TITLES) or sum(map(len, refused)) >= _MOSTLY * max(page.size, 1)


def _is_maintenance(page: _Page) -> bool:
    if page.size > _LONGEST_MAINTENANCE:
        return False
    return page.share(MAINTENANCE) >= (_A_GOOD_PART if page.is_headed(MAINTENANCE_TITLES) else _MOSTLY)


def _is_login(page: _Page) -> bool:
    return page.size <= _LONGEST_LOGIN and page.is_headed(LOGINS) and page.has_password()


# In this order. The text of a page built by scripts may be a long one in `<noscript>`.
_KINDS: tuple[tuple[Interstitial, Callable[[_Page], bool]], ...] = (
    ("challenge page", _is_challenge),
    ("login page", _is_login),
    ("page that is refused in this country", _is_refused),
    ("maintenance page", _is_maintenance),
    ("page built by scripts", _is_script_only),
    ("page built by scripts", _is_built_by_scripts),
)
_KINDS_OF_ANY_LENGTH = _KINDS[-1:]


def _share(lines: Sequence[str], phrases: Sequence[str]) -> float:
    text = "\n".join(lines)
    said = [phrase for phrase in phrases if phrase in text]
    return sum(len(line) for line in lines if _holds(line, said)) / max(sum(map(len, lines)), 1)


def _flat(text: str) -> str:
    return " ".join(_DIGITS.sub(" ", fold(text)).split())


def _holds(text: str, phrases: Sequence[str]) -> bool:
    return any(map(text.__contains__, phrases))
