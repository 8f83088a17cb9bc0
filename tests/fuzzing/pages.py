"""Invariants for any page: its encoding, and the parsed content."""

from __future__ import annotations

import json
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from zlib import crc32
from zoneinfo import ZoneInfo

import ticker
from tests.pages import PAGES, page_files
from ticker.archive import Archive
from ticker.models import Page
from ticker.parsing.encoding import codec_of, to_utf8
from ticker.settings import Selectors
from ticker.urls import is_web

NOW = datetime(2025, 6, 12, 21, 30, tzinfo=ZoneInfo("Africa/Casablanca"))
URLS = ("https://news.example/a/1", None, "https://news.example.fr/", "http://[::1]:8080/x?y#z", "/home/me/page.html")
ZONES = (None, "Europe/Berlin", "Australia/Lord_Howe", None)
SELECTORS = (
    *(None, None, None, Selectors(entry="li", time="time", title="a"), Selectors(body="p", entry=":is(div, p)")),
    Selectors(entry="*", time="*", title="*"),
)
WORDS = (
    b"<div>|</div>|<p>|<li>|<ul>|<ol>|<table>|<tr><td>|<a href='/x'>|<a href='javascript:1'>|<br>|<h1>|<h2>|"
    b"<span>|<time>|<time datetime='2025-06-12T17:10:00Z'>|<article>|<aside>|<section>|<main>|<body>|"
    b"<html lang='de'>|<head>|<base href='//[x'>|<script>|<script type='application/ld+json'>|</script>|"
    b"<style>|<template>|<svg>|<math>|<select>|<meta charset=gbk>|"
    b'<meta property="article:published_time" content="|<link rel=canonical href="|'
    b'{"@type": "NewsArticle", "headline": "x", "datePublished": "2025-06-12"}|{"@graph": [|<!--|-->|<![CDATA[|'
    b']]>|<?xml version="1.0" encoding="utf-16"?>|<!DOCTYPE html>|17:10|5 min ago|yesterday 21:05|12.06.2025|'
    b"June 12|\xe5\x88\x86\xe9\x92\x9f\xe5\x89\x8d|Read also:|Latest news|Comments|By Ann Lee|https://[::1|"
    b'http://x:99999/|//|mailto:x|data:,x| itemprop=datePublished| style="display:none"| hidden| dir=rtl|'
    b' data-time="1749744600"| content="'
).split(b"|")


def page_seeds() -> list[bytes]:
    """Return the fixture pages, and a short page in UTF-8 and UTF-16."""
    folder = PAGES.parent
    files = [*page_files(), *sorted(folder.glob("articles/*.html")), *sorted(folder.glob("no_article/*.html"))]
    short = (
        b"<h2>Latest</h2><ul><li>17:10 <a href=/a>Bank opens a pier</a><li>16:20 <a href=/b>Ferry late again</a></ul>"
    )
    return [*(path.read_bytes() for path in files), short, short.decode().encode("utf-16")]


def check_page(data: bytes) -> None:
    """Check that any bytes give a page with valid parts that can be stored."""
    choice = crc32(data)
    url, zone = URLS[choice % len(URLS)], ZONES[choice // 8 % len(ZONES)]
    selectors = SELECTORS[choice // 64 % len(SELECTORS)]
    page = ticker.parse_page(data, url, NOW, zone, selectors=selectors)
    assert Page.from_dict(json.loads(json.dumps(page.to_dict()))) == page
    for headline in page.headlines:
        assert headline.title and headline.title == " ".join(headline.title.split()), headline
        assert headline.url is None or is_web(headline.url) or not is_web(url or ""), headline
        # Exact times of attributes are accepted; other times are not in the future.
        ahead = headline.time is not None and headline.time > NOW + timedelta(days=2)
        assert not ahead or headline.precision == "exact", headline
    if page.article:
        assert page.article.body and all(paragraph.strip() for paragraph in page.article.paragraphs)
    if choice // 512 % 16 == 0:
        assert ticker.parse_page(data, url, NOW, zone, selectors=selectors) == page
    if choice // 512 % 16 == 1:
        check_storing(page)


def check_storing(page: Page) -> None:
    """Check that stored records can be read, each once, and that known records are not stored twice."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder) / "archive", report=_unreadable)
        added = archive.add("source", "https://news.example/a/1", page.headlines, page.article, NOW)
        read = list(archive.headlines())
        assert sorted(line.id for line in read) == sorted({line.id for line in added.headlines})
        assert {line.id: line for line in read} == {line.id: line for line in added.headlines}
        assert list(archive.articles()) == ([added.article] if added.article else [])
        again = Archive(archive.root).add("source", "https://news.example/a/1", page.headlines, page.article, NOW)
        assert not again, again


def _unreadable(problem: object) -> None:
    raise AssertionError(f"a line that was just written: {problem}")


ENCODING_WORDS = (
    b"utf-8 utf8 gbk gb2312 big5 shift_jis euc-jp euc-kr iso-2022-jp utf-16 utf-16le windows-1251 koi8-r "
    b"iso-8859-8-i hex \x1b$B \x1b(B \x8f\xa1\xa1 \xef\xbb\xbf \xff\xfe \xfe\xff <meta charset= <?xml "
    b"encoding=' lang=ru lang=pl"
).split(b" ")


def encoding_seeds() -> list[bytes]:
    """Return seeds: the first line is the header's charset, the rest is the page."""
    japanese = "橋は今日の午後に再開した"
    texts = {
        "cp1251": "Мост открыт для движения после ремонта", "koi8_r": "Мост открыт",
        "iso8859_2": "Most zavřen do pátku", "gb18030": "大桥今天恢复通车，记者现场报道", "euc_jp": japanese,
        "cp932": japanese, "iso2022_jp": japanese,
        "cp949": "다리가 오늘 다시 열렸다", "cp1256": "افتتح الجسر اليوم", "utf_16": "Bridge",
        "utf_8": "Café déjà vu",
    }  # fmt: skip
    label = {codec: f"{codec.replace('_', '-')}\n<meta charset={codec}><title>" for codec in texts}
    made = [label[codec].encode() + text.encode(codec) * 20 for codec, text in texts.items()]
    return [
        *made,
        *(b"\n" + text.encode(codec) * 20 for codec, text in texts.items()),
        *(b"\n" + s for s in page_seeds()),
    ]


def check_encoding(data: bytes) -> None:
    """Check that decoding never raises, gives UTF-8, and keeps text that is UTF-8 already."""
    label, _, html = data.partition(b"\n")
    charset = label.decode("latin-1") or None
    found = to_utf8(html, charset)
    assert isinstance(found, bytes)
    text = found.decode("utf-8")  # the parser assumes UTF-8
    assert to_utf8(text) == found.removeprefix(b"\xef\xbb\xbf")
    codec = codec_of(charset)
    assert codec is None or "".encode(codec) is not None
    ticker.parse_page(html, fetched_at=NOW, charset=charset)
