"""Parser of the Refresh header and of ``<meta http-equiv="refresh">``, which redirect after a delay."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from ticker.text import wide_codec

# Bytes without scripts, styles and comments. Pages that redirect are short; this bounds the cost of hostile ones.
_BEGINNING = 64 * 1024
_SKIPPED = re.compile(
    rb"<!--.*?(?:-->|\Z)|<script\b.*?(?:</script\s*>|\Z)|<style\b.*?(?:</style\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
# In every refresh tag, in lower case. Between the words: an equals sign, a quote or white space, but no letters.
_NAMED = re.compile(rb"http-equiv[^>a-z]*+refresh")
# "5", "0; url=/a", "0,URL='/a'", "3 /a" (WHATWG HTML, "shared declarative refresh steps").
_VALUE = re.compile(r"\s*(\d+(?:\.[\d.]*)?|\.[\d.]*)(?:[\s;,](.*))?", re.DOTALL)
_URL = re.compile(r"url\s*=\s*", re.IGNORECASE)
_DIGITS = 6  # of the delay in seconds; more digits exceed any wait
# Elements that browsers do not render. The parser excludes comments, scripts and titles.
_INERT = ("noscript", "template")


@dataclass(frozen=True, slots=True)
class Refresh:
    """A delay in seconds and the URL to load then; an empty ``address`` means the same page."""

    delay: int
    address: str = ""


def parse_refresh(value: str) -> Refresh | None:
    """Parse a Refresh header or the ``content`` of a refresh tag; return None if it is invalid.

    >>> parse_refresh("0; url='/a'")
    Refresh(delay=0, address='/a')
    """
    found = _VALUE.fullmatch(value)
    if not found:
        return None
    seconds, rest = found[1].partition(".")[0], (found[2] or "").lstrip()
    rest = rest[1:].lstrip() if rest[:1] in (";", ",") else rest
    prefix = _URL.match(rest)
    rest = rest[prefix.end() :] if prefix else rest
    if rest[:1] in ("'", '"'):
        rest = rest[1:].partition(rest[0])[0]
    return Refresh(int(seconds[:_DIGITS] or 0), rest.strip())


def find_refresh(body: bytes, charset: str | None) -> Refresh | None:
    """Return the refresh of the first such tag in an HTML page, or None.

    ``charset`` is that of the Content-Type header; UTF-16 and UTF-32 are detected from the bytes. Tags in
    ``<noscript>`` and ``<template>`` are ignored.
    """
    if codec := wide_codec(body):
        body, charset = body.decode(codec, "replace").lstrip("\ufeff").encode(), "utf-8"
    # A quick check first, because removing the scripts takes a fifth of the time of parsing.
    if not _NAMED.search(body.lower()):
        return None
    beginning = _SKIPPED.sub(b"", body)[:_BEGINNING]
    if not _NAMED.search(beginning.lower()):
        return None
    from lxml import etree

    try:
        parser = etree.HTMLParser(encoding=charset)
    except LookupError:  # an unknown charset
        parser = etree.HTMLParser()
    tree = etree.HTML(beginning, parser)
    if tree is None:
        return None
    for tag in tree.iter("meta"):
        is_inert = next(tag.iterancestors(*_INERT), None) is not None
        if is_inert or (tag.get("http-equiv") or "").strip().lower() != "refresh":
            continue
        if found := parse_refresh(tag.get("content") or ""):
            base = next((href for node in tree.iter("base") if (href := node.get("href"))), "")
            return Refresh(found.delay, _joined(base, found.address)) if found.address else found
    return None


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base.strip(), address)
    except ValueError:  # a malformed host
        return address
