"""Refresh: a header or ``<meta http-equiv="refresh">`` that sends on as a redirect does, after some seconds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from ticker.text import wide_codec

# Bytes of a page without scripts, styles and comments: one that sends on is short, and a hostile one costs no more.
_BEGINNING = 64 * 1024
_SKIPPED = re.compile(
    rb"<!--.*?(?:-->|\Z)|<script\b.*?(?:</script\s*>|\Z)|<style\b.*?(?:</style\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
# What each such tag has, in lower case. Between the words there are no letters: an equals sign, a quote, white space.
_NAMED = re.compile(rb"http-equiv[^>a-z]*+refresh")
# "5", "0; url=/a", "0,URL='/a'", "3 /a" (WHATWG HTML, "shared declarative refresh steps").
_VALUE = re.compile(r"\s*(\d+(?:\.[\d.]*)?|\.[\d.]*)(?:[\s;,](.*))?", re.DOTALL)
_URL = re.compile(r"url\s*=\s*", re.IGNORECASE)
_DIGITS = 6  # of seconds: more of them are more than any wait
# What browsers do not read or run. The parser keeps comments, scripts and titles out.
_INERT = ("noscript", "template")


@dataclass(frozen=True, slots=True)
class Refresh:
    """The seconds after which a page sends on, and to where; empty for the page itself."""

    delay: int
    address: str = ""


def parse_refresh(value: str) -> Refresh | None:
    """Return what the value of a Refresh header, or of a tag's ``content``, says; None where it says nothing.

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
    """Return what the first tag of that kind in an HTML page says; None where there is none.

    ``charset`` is the one that a header names; bytes in UTF-16 or UTF-32 are read as such in any case. Tags in
    ``<noscript>`` and ``<template>`` do not count.
    """
    if codec := wide_codec(body):
        body, charset = body.decode(codec, "replace").lstrip("\ufeff").encode(), "utf-8"
    # The quick question first: to take the scripts out of a page takes a fifth as long as to parse it.
    if not _NAMED.search(body.lower()):
        return None
    beginning = _SKIPPED.sub(b"", body)[:_BEGINNING]
    if not _NAMED.search(beginning.lower()):
        return None
    from lxml import etree

    try:
        parser = etree.HTMLParser(encoding=charset)
    except LookupError:  # a charset that there is not
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
