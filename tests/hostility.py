"""Hostile pages that cost a parser time or memory, each a function of its approximate size in bytes.

Each has something nested, repeated or long to a degree that real pages do not have. Honest pages of the same size are
included for comparison.
"""

from __future__ import annotations

import json
from collections.abc import Callable

HEAD = "<!doctype html><html><head><title>A page</title></head><body>"
ARTICLE = "<article><h1>Bakers strike in Lisbon</h1><p>" + "The bakers of the town went on strike today. " * 12 + "</p>"


def _times(piece: str, size: int) -> str:
    return piece * max(1, size // len(piece))


def _numbered(piece: str, size: int) -> str:
    """Return ``piece`` repeated up to ``size``, with the running number in place of each #."""
    return "".join(piece.replace("#", str(number)) for number in range(max(1, size // len(piece))))


def _body(html: str) -> bytes:
    return (HEAD + ARTICLE + html).encode()


def _ld(script: str) -> bytes:
    return f'{HEAD}<script type="application/ld+json">{script}</script>{ARTICLE}'.encode()


def _script(text: str) -> bytes:
    """Return a page with a script that has times, without which scripts are not searched for data."""
    times = '"2025-06-12T17:10","2025-06-12T17:11","2025-06-12T17:12"'
    return f"{HEAD}<script>var times = [{times}];{text}</script>{ARTICLE}".encode()


_ITEM = '{"title":"Headline number # of the day","published":"2025-06-12T17:10:00Z","url":"/a/#"}'


def _entries(time: str, size: int) -> bytes:
    return _body(
        "<ul>" + _numbered(f"<li><time>{time}</time> <a href='/a/#'>Headline number # of the day</a></li>", size)
    )


PAGES: dict[str, Callable[[int], bytes]] = {
    "honest page": lambda size: _body(
        _numbered(
            "<p>The bakers of the town went on strike for the #th time, and <a href='/#'>nobody</a> knows.</p>", size
        )
    ),
    "honest list": lambda size: _entries("17:10", size),
    # nested
    "nested div": lambda size: _body(_times("<div>", size)),
    "nested div, closed": lambda size: _body(_times("<div>", size // 2) + _times("</div>", size // 2)),
    "nested div with text": lambda size: _body(_times("<div>x ", size)),
    "nested div with times": lambda size: _body(_times("<div>17:10 A headline of the day ", size)),
    "nested list": lambda size: _body(_times("<ul><li>17:10 <a href=/a>Headline of the day</a>", size)),
    "nested table": lambda size: _body(_times("<table><tr><td>", size)),
    "nested links": lambda size: _body(_times("<a href=/x>17:10 x", size)),
    "nested b": lambda size: _body(_times("<b>", size)),
    "nested b and p": lambda size: _body(_times("<b><p>x", size)),
    "nested form and font": lambda size: _body(_times("<form><font><center><i>x", size)),
    "nested svg": lambda size: _body(_times("<svg><g>", size)),
    "nested quotes": lambda size: _body(_times("<blockquote><p>Words of the mayor about it all. ", size)),
    "only end tags": lambda size: _body(_times("</p></div></span>", size)),
    "crossed tags": lambda size: _body(_times("<b><i></b></i><p><b></p>", size)),
    # many
    "many div": lambda size: _body(_times("<div></div>", size)),
    "many p": lambda size: _body(_times("<p>x", size)),
    "many br": lambda size: _body(_times("x<br>", size)),
    "many links": lambda size: _body(_numbered("<a href='/a/#'>Headline number # of the day</a>", size)),
    "many times": lambda size: _body(_times("<time>17:10</time>", size)),
    "many datetimes": lambda size: _body(_numbered("<time datetime='2025-06-12T17:10:00Z'>#</time>", size)),
    "many times in text": lambda size: _body(_times("17:10 ", size)),
    "many dates in text": lambda size: _body(_times("12 June 2025 17:10, ", size)),
    "many ages": lambda size: _entries("# minutes ago", size),
    "many times in one p": lambda size: _body("<p>" + _times("17:10<br>A headline of the day<br>", size)),
    "many times, one title": lambda size: _body("<ul>" + _times("<li>17:10 <a href=/a>Headline</a>", size)),
    "many lists": lambda size: _body(
        _numbered("<ul id=l#><li>17:10 <a href=/#>One thing</a><li>17:12 <a href=/b#>Another</a></ul>", size)
    ),
    "many looks": lambda size: _body(_numbered("<p class='c#'><i id='i#'>17:10</i> text number # of all</p>", size)),
    "many headings": lambda size: _body(_numbered("<h2>Section #</h2><p>Some text stands below it.</p>", size)),
    "many articles": lambda size: _body(
        _numbered("<article><h2><a href=/#>No. #</a></h2><p>Text of it.</p></article>", size)
    ),
    "many table cells": lambda size: _body("<table>" + _times("<tr><td>1<td>2<td>17:10<td>4", size)),
    "many options": lambda size: _body("<select>" + _times("<option>x", size)),
    "many images": lambda size: _body(_times("<img src=x alt='A picture'>", size)),
    "many metas": lambda size: (
        "<head>" + _times("<meta property='article:author' content='By A B, C D and E F'>", size) + "</head>" + ARTICLE
    ).encode(),
    "many titles": lambda size: ("<head>" + _times("<title>x | y - z</title>", size) + ARTICLE).encode(),
    "many bylines": lambda size: _body(_numbered("<span class='byline author' rel=author>By Ann Bell #</span>", size)),
    "many bases": lambda size: _body(_times("<base href='http://a/'>", size)),
    "many scripts": lambda size: _ld(
        _times('{"@type":"NewsArticle"}</script><script type="application/ld+json">', size)
    ),
    "many comments": lambda size: _body(_times("<!-- x -->", size)),
    "many entities": lambda size: _body("<p>" + _times("&amp;&nbsp;&#x1F600;", size)),
    "many control characters": lambda size: _body("<p>" + _times("&#1;\x01\x02\x1b[31m", size)),
    "many lines of text": lambda size: _times("17:10\nA headline of the day\n\n", size).encode(),
    "many words of text": lambda size: ("Latest News\n" + _times("17:10 word ", size)).encode(),
    # long
    "long text": lambda size: _body("<p>" + _times("word ", size)),
    "long word": lambda size: _body("<p>" + "x" * size),
    "long spaces": lambda size: _body("<p>x" + " " * size + "x"),
    "long no-break spaces": lambda size: _body("<p>x" + _times("\xa0", size // 2) + "x"),
    "long digits": lambda size: _body("<p>" + "1" * size),
    "long digits and colons": lambda size: _body("<li><a href=/a>x</a> " + _times("1:", size)),
    "long dots": lambda size: _body("<p>" + "." * size),
    "long title": lambda size: f"<title>{_times('Word - ', size)}</title>{ARTICLE}".encode(),
    "headings never closed": lambda size: _body(_times("<h1>Bakers strike in Lisbon", size)),
    "long heading": lambda size: _body("<h1>" + _times("Word | ", size)),
    "long headline": lambda size: _body("<ul>" + f"<li>17:10 <a href=/a>{_times('word ', size // 3)}</a>" * 3),
    "long attribute": lambda size: _body(f"<div class='{_times('class-name ', size)}'>x</div>"),
    "long id": lambda size: _body(f"<div id='{'x' * size}'>x</div>"),
    "long href": lambda size: _body(f"<ul><li>17:10 <a href='/{'a/' * (size // 2)}'>x</a>"),
    "long datetime": lambda size: _body(
        f"<ul><li><time datetime='{'2025-06-12T' * (size // 11)}'>x</time><a href=/a>y</a>"
    ),
    "long datetime digits": lambda size: _body(f"<ul><li><time datetime='{'1' * size}'>x</time><a href=/a>y</a>"),
    "long style": lambda size: _body(f"<div style='{_times('display:block;', size)}'>x</div>"),
    "long meta": lambda size: f"<meta name=author content='{_times('A B, ', size)}'>{ARTICLE}".encode(),
    "long date": lambda size: (
        f"<meta property='article:published_time' content='{_times('2025-', size)}'>{ARTICLE}".encode()
    ),
    "long byline": lambda size: _body(f"<p class=byline>By {_times('Ann Bell and ', size)}</p>"),
    "long declaration": lambda size: f"<?xml {_times('x=y ', size)}".encode(),
    "long comment": lambda size: _body("<!--" + _times("-- x ", size)),
    "long script": lambda size: _body("<script>" + _times("<!-- <script> ", size)),
    "long tag": lambda size: _body("<" + "x" * size),
    "long cdata": lambda size: _body("<![CDATA[" + _times("]] ", size)),
    "many attributes": lambda size: _body("<div " + _numbered("data-a#=b ", size) + ">x</div>"),
    "many time attributes": lambda size: _body("<div " + _numbered("data-time#=17:10 ", size) + ">x</div>"),
    "unclosed tags": lambda size: _body(_times("<div class='", size)),
    "angle brackets": lambda size: _body("<" * size),
    "ampersands": lambda size: _body("&" * size),
    "metas that say nothing": lambda size: _times("<meta ", size).encode(),
    "zero bytes": lambda size: _body("\0" * size),
    # machine-readable data
    "nested JSON": lambda size: _ld("[" * size),
    "nested JSON, closed": lambda size: _ld("[" * (size // 2) + "]" * (size // 2)),
    "nested JSON objects": lambda size: _ld(_times('{"@graph":', size)),
    "nested JSON objects, closed": lambda size: _ld('{"a":' * (size // 6) + "1" + "}" * (size // 6)),
    "JSON with a giant number": lambda size: _ld('{"@type":"NewsArticle","datePublished":' + "1" * size + "}"),
    "JSON with giant exponents": lambda size: _ld('{"@type":"NewsArticle","datePublished":1e' + "9" * size + "}"),
    "JSON with many articles": lambda size: _ld(
        "[" + _times('{"@type":"NewsArticle","headline":"x","author":{"name":"Ann Bell"}},', size) + "{}]"
    ),
    "JSON with many authors": lambda size: _ld(
        '{"@type":"NewsArticle","author":[' + _numbered('{"@type":"Person","name":"Ann Bell #"},', size) + "{}]}"
    ),
    "JSON with many items": lambda size: _script("var data=[" + _numbered(_ITEM + ",", size) + "{}]"),
    "JSON with many lists of items": lambda size: _script(
        "var data=[" + _numbered(f'{{"title":"List #","items":[{",".join([_ITEM] * 3)}]}},', size) + "{}]"
    ),
    "JSON with many items under names": lambda size: _script(
        'var data={"a":0' + _numbered(f',"k#":{_ITEM}', size) + "}"
    ),
    "JSON with many fields": lambda size: _script(
        'var data={"a":0' + _numbered(',"published#":1749740000', size) + "}"
    ),
    "JSON with many empty arrays": lambda size: _script("var data=[[]" + _times(",[]", size) + "]"),
    "scripts with many values": lambda size: _script(_numbered(f"f({_ITEM});", size)),
    "scripts with many beginnings": lambda size: _script(_times('{"a":[', size)),
    "scripts with many mistakes": lambda size: _script(_times('x={"a":[1,2,"b"],c:1};', size)),
    "scripts with a late mistake": lambda size: _script("x=[" + _times('{"a":["b"]},', size) + "undefined]"),
    "scripts with giant numbers": lambda size: _script(_times('x=[{"a":[["b",' + "1" * 5000 + "]]}];", size)),
    "scripts with many strings": lambda size: _script(_times('JSON.parse("{\\"a\\":', size)),
    "scripts with many rows": lambda size: _script(_times('self.__next_f.push([1,"5:[\\"$\\",{}]"]);', size)),
    "scripts with open comments": lambda size: _body(_times("<!-- <script>", size)),
    "scripts with many openers": lambda size: _body(_times("<script ", size)),
    "payload that contains itself": lambda size: (
        HEAD
        + '<script type="application/json">[{"a":1,"b":1,"time":2},["Reactive",0],"2025-06-12T17:10"'
        + ',{"a":0,"b":0},"2025-06-12T17:10"' * max(1, size // 36)
        + "]</script>"
        + ARTICLE
    ).encode(),
    "payload of many references": lambda size: (
        HEAD
        + '<script type="application/json">[{"all":1},['
        + ",".join(["2"] * (size // 2))
        + '],{"title":3,"published":4},"A headline of the day"'
        + ',"2025-06-12T17:10"' * 3
        + f"]</script>{ARTICLE}"
    ).encode(),
    "JSON with a long body": lambda size: _ld(
        json.dumps(
            {"@type": "NewsArticle", "headline": "x", "articleBody": _times("The bakers went on strike.\n", size)}
        )
    ),
    "JSON with a long headline": lambda size: _ld(
        json.dumps({"@type": "NewsArticle", "headline": _times("word ", size), "datePublished": "2025-06-12"})
    ),
    "JSON that is broken": lambda size: _ld(_times('{"@type":"NewsArticle","headline":"x\n",', size)),
    "JSON with backslashes": lambda size: _ld('{"headline":"' + "\\" * size),
    "JSON with comments": lambda size: _ld(_times("/* <!-- //", size)),
    # bytes that are not UTF-8
    "wrong UTF-8": lambda size: _body("<p>").replace(b"<p>", b"<p>" + b"\xff\xc3" * (size // 2)),
    "some wrong UTF-8": lambda size: _body("<p>" + _times("Stra\xdfe ", size)).decode().encode("latin-1"),
    "UTF-16": lambda size: _body("<p>" + _times("word ", size // 2)).decode().encode("utf-16"),
    "shift states": lambda size: b"<meta charset=iso-2022-jp>" + b"\x1b$B\x1b(B" * (size // 6),
    "half surrogates": lambda size: b"<p>" + b"\xed\xa0\x80" * (size // 3),
    "scripts without an end": lambda size: b"\xff" + _times("<script>", size).encode(),
    "tags without an end": lambda size: b"\xff" + _times("<a", size).encode(),
}
