"""Tests that compare fixture pages with results written by hand, by meaning and one field a test.

``test_pages.py`` compares the exact result; these tests show which part of it is wrong. They also check the fixtures:
each expected title, link and paragraph is in its page, and there are enough shapes, languages and traps.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime, timedelta
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from lxml import html

from tests import pages

FEWEST_LIST_SHAPES, FEWEST_LANGUAGES, FEWEST_TRAPS, FEWEST_BODIES = 30, 15, 12, 6
AHEAD = timedelta(minutes=5)

PAGES = [path for path in pages.page_files() if "about" in pages.expected(path)]
of_kind = {
    kind: [path for path in PAGES if pages.expected(path)["about"]["kind"] == kind] for kind in ("list", "trap", "body")
}
with_lists = [path for path in PAGES if pages.expected(path)["page"]["headlines"]]
with_articles = [path for path in PAGES if pages.expected(path)["page"]["article"]]
without_articles = [path for path in of_kind["list"] if path not in with_articles]


def each(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=lambda path: path.stem)


@cache
def given_by_parser(path: Path) -> dict[str, Any]:
    return pages.read(path, pages.expected(path)["given"])


def wanted(path: Path) -> dict[str, Any]:
    return pages.expected(path)["page"]


def found_and_wanted(path: Path, field: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a field by title, found and expected, without missing headlines, which fail only their own test."""
    expected = {headline["title"]: headline[field] for headline in wanted(path)["headlines"]}
    found = {h["title"]: h[field] for h in given_by_parser(path)["headlines"] if h["title"] in expected}
    assert found, "no expected headline was found"
    return found, {title: expected[title] for title in found}


def instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def digits(text: str) -> list[int]:
    """Return the numbers in a text, in any script."""
    return [int(number) for number in re.findall(r"\d+", text)]


# ---- headlines


@each(PAGES)
def test_headlines_are_these_in_this_order(path):
    titles = [headline["title"] for headline in given_by_parser(path)["headlines"]]
    assert titles == [headline["title"] for headline in wanted(path)["headlines"]]


@each(with_lists)
def test_links_lead_where_the_page_leads(path):
    found, expected = found_and_wanted(path, "url")
    assert found == expected


@each(with_lists)
def test_times_are_the_same_instants(path):
    found, expected = found_and_wanted(path, "time")
    assert {t: instant(v) for t, v in found.items()} == {t: instant(v) for t, v in expected.items()}


@each(with_lists)
def test_time_texts_hold_the_same_numbers(path):
    found, expected = found_and_wanted(path, "time_text")
    assert {t: digits(v) for t, v in found.items()} == {t: digits(v) for t, v in expected.items()}


@each(with_lists)
def test_precisions_tell_what_was_known(path):
    found, expected = found_and_wanted(path, "precision")
    assert found == expected


@each(with_lists)
def test_sections_are_the_headings_above(path):
    found, expected = found_and_wanted(path, "section")
    assert found == expected


# ---- articles


@each(with_articles)
def test_body_is_these_paragraphs(path):
    article = given_by_parser(path)["article"]
    assert article, "no article was found"
    assert article["body"].split("\n") == wanted(path)["article"]["body"].split("\n")


@each(with_articles)
def test_title_is_the_headline_alone(path):
    article = given_by_parser(path)["article"]
    assert article, "no article was found"
    assert article["title"] == wanted(path)["article"]["title"]


@each(with_articles)
def test_dates_are_the_same_instants(path):
    article = given_by_parser(path)["article"]
    assert article, "no article was found"
    for field in ("published", "modified"):
        assert instant(article[field]) == instant(wanted(path)["article"][field]), field


@each(with_articles)
def test_metadata_is_what_the_page_says(path):
    article = given_by_parser(path)["article"]
    assert article, "no article was found"
    fields = ("authors", "language", "description", "url", "site")
    assert {name: article[name] for name in fields} == {name: wanted(path)["article"][name] for name in fields}


@each(without_articles)
def test_list_pages_have_no_article(path):
    assert given_by_parser(path)["article"] is None


# ---- the pages themselves


@cache
def source(path: Path) -> str:
    content = path.read_bytes()
    charset = re.search(rb"charset=[\"']?([\w-]+)", content)
    return content.decode(charset[1].decode() if charset else "utf-8")


def squeezed(text: str) -> str:
    return " ".join(text.split())


@cache
def shown(path: Path) -> str:
    """Return the text of a page, its scripts and some attributes, with collapsed whitespace."""
    root = html.fromstring(source(path).encode(), parser=html.HTMLParser(encoding="utf-8"))
    texts = ["".join(root.itertext())]
    texts += [value for node in root.iter("a", "time", "span") for value in node.attrib.values()]
    return squeezed(" ".join(texts).replace('\\"', '"').replace("\\n", " "))


def lines_of(path: Path) -> list[str]:
    article = wanted(path)["article"]
    return article["body"].split("\n") if article else []


@each(PAGES)
def test_what_is_expected_stands_in_the_page(path):
    for headline in wanted(path)["headlines"]:
        for text in (headline["title"], headline["time_text"], headline["section"]):
            assert squeezed(text) in shown(path)
    for line in lines_of(path):
        assert squeezed(line) in shown(path)


@each(with_lists)
def test_expected_links_stand_in_the_page(path):
    base = re.search(r'<base href="([^"]+)"', source(path))
    here = base[1] if base else pages.expected(path)["given"]["url"]
    links = {urljoin(here, unescape(link)) for link in re.findall(r"href=[\"']?([^\"' >]+)", source(path))}
    assert {headline["url"] for headline in wanted(path)["headlines"]} - {None} <= links


@each(PAGES)
def test_expected_headlines_are_no_part_of_the_body_and_none_lies_ahead(path):
    fetched_at = datetime.fromisoformat(pages.expected(path)["given"]["fetched_at"])
    for headline in wanted(path)["headlines"]:
        # The posts of a live blog are both headlines and body.
        assert headline["title"] not in lines_of(path) or path in of_kind["body"]
        assert instant(headline["time"]) <= fetched_at + AHEAD


def test_enough_shapes_languages_and_traps():
    shapes = Counter(pages.expected(path)["about"]["shape"] for path in of_kind["list"])
    languages = {pages.expected(path)["about"]["language"].split("-")[0] for path in of_kind["list"]}
    assert len(shapes) >= FEWEST_LIST_SHAPES
    assert len(languages) >= FEWEST_LANGUAGES
    assert len(of_kind["trap"]) >= FEWEST_TRAPS
    assert len(of_kind["body"]) >= FEWEST_BODIES
    assert all(wanted(path)["headlines"] for path in of_kind["list"])
    assert not any(wanted(path)["headlines"] for path in of_kind["trap"])
