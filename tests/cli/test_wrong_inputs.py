"""Invalid pages: each is parsed correctly, or gives one clear message and exit status 1."""

from __future__ import annotations

import json

import pytest

from tests.cli.desk import AT, PAGE_HTML, Desk
from tests.servers import Reply, serve

BARE = PAGE_HTML.replace('<meta charset="utf-8">', "")
TITLE = "Bakers of the old town win the right to open before dawn"
ALL_BYTES = bytes(range(256)) * 40
ENTITY = b'<?xml version="1.0"?>\n<!DOCTYPE html [<!ENTITY all SYSTEM "file:///etc/passwd">]>'
LINKS = b"".join(b"<li><a href=/%d>Headline %d</a>" % (n, n) for n in range(100_000))

READ = {
    "utf-16-le": BARE.encode("utf-16-le"),
    "utf-16-be": BARE.encode("utf-16-be"),
    "utf-16": BARE.encode("utf-16"),
    "utf-32-le": BARE.encode("utf-32-le"),
    "utf-32-be": BARE.encode("utf-32-be"),
    "utf-32": BARE.encode("utf-32"),
    "utf-16-labelled": PAGE_HTML.encode("utf-16-le"),
    "mixed": BARE.encode()[:1500] + "é ü à €".encode("cp1252") + BARE.encode()[1500:],
    "labelled-utf-16": PAGE_HTML.encode().replace(b"utf-8", b"utf-16"),
    "labelled-japanese": PAGE_HTML.encode().replace(b"utf-8", b"shift_jis"),
    "surrogates": PAGE_HTML.replace("bakers", "b\ud83dkers").encode("utf-8", "surrogatepass"),
    "surrogate-references": PAGE_HTML.replace("bakers", "b&#xd83d;&#xde00;kers").encode(),
    "nul": PAGE_HTML.replace("bakers", "b\0akers\0").encode(),
    "html-in-xml": ENTITY + PAGE_HTML.encode().replace(b"bakers", b"b&all;kers"),
    "html-in-cdata": b'<?xml version="1.0"?><root><![CDATA[' + PAGE_HTML.encode() + b"]]></root>",
    "old-line-ends": PAGE_HTML.replace("\n", "\r").encode(),
}
PARTLY = {
    "truncated": PAGE_HTML.encode()[: len(PAGE_HTML) // 2],
    "truncated-in-a-letter": "<html><body><p>The bakers’".encode()[:-1],
    "truncated-in-a-tag": b"<html><body><p>The bakers</p><a hr",
    "truncated-utf-16": BARE.encode("utf-16-le")[:1001],
    "feed": b'<?xml version="1.0"?><rss><channel><item><title>A</title></item></channel></rss>',
    "json": b'{"title": "A"}' * 99,
    "one-line": b"<p>" + b"a" * 2_000_000,
    "signs": b"<" * 50_000 + b"&" * 50_000,
    "attributes": b"<a " + b"x='y' " * 50_000 + b">x</a>",
    "nested": b"<div>" * 50_000,
    "open-comment": b"<!--" * 50_000,
    "ebcdic": PAGE_HTML.encode("cp037", "replace"),
}
REFUSED = {
    "empty": (b"", "empty"),
    "blank": (b" \r\n\t", "empty"),
    "binary": (ALL_BYTES, "binary data"),
    "nothing-but-nul": (bytes(5000), "binary data"),
    "pdf": (b"%PDF-1.7\n" + ALL_BYTES, "a PDF document"),
    "png": (b"\x89PNG\r\n\x1a\n" + ALL_BYTES, "an image"),
    "zip": (b"PK\x03\x04" + ALL_BYTES, "a ZIP archive"),
    "gzip": (b"\x1f\x8b\x08" + ALL_BYTES, "a gzip archive"),
}


def test_saved_pages(desk: Desk) -> None:
    pages = {**READ, **PARTLY, **{name: content for name, (content, _) in REFUSED.items()}}
    names = [desk.save(f"{name}.html", content).name for name, content in pages.items()]
    done = desk.run("parse", *names, "--at", AT, "--timezone", "UTC", status=1)
    found = {page["file"].removesuffix(".html"): page for page in map(json.loads, done.lines)}
    assert {*found} == {*READ, *PARTLY}
    for name in READ:
        assert (name, found[name]["article"]["title"]) == (name, TITLE)
        assert (name, len(found[name]["headlines"])) == (name, 4)
    assert "root:" not in done.out
    told = done.err.splitlines()
    assert len(told) == len(REFUSED)
    for line, (name, (_, reason)) in zip(told, REFUSED.items(), strict=True):
        assert line.startswith(f"ticker: {name}.html: ")
        assert reason in line


def test_pages_from_the_web(desk: Desk) -> None:
    bodies = {**READ, **PARTLY, **{name: content for name, (content, _) in REFUSED.items()}}
    replies = {f"/{name}": Reply(200, body, {"Content-Type": "text/html"}) for name, body in bodies.items()}
    with serve(replies) as server:
        addresses = [server.url(f"/{name}") for name in bodies]
        desk.configure("[fetching]\npause = 0\nretries = 0\n")
        done = desk.run("fetch", *addresses, "--timezone", "UTC", status=1)
    told = [line for line in done.err.splitlines() if line.startswith("ticker: ")]
    reasons = {name: reason for name, (_, reason) in REFUSED.items()}
    for name in bodies:
        of_it = [line for line in told if f"/{name}:" in line]
        if name in READ:
            assert not of_it
        elif name in REFUSED or of_it:
            assert len(of_it) == 1
            assert reasons.get(name, "neither an article nor headlines found") in of_it[0]
    assert {json.loads(line)["title"] for line in desk.stored("articles")} >= {TITLE}
    assert len(desk.stored()) >= 4


def test_a_hundred_thousand_links_cost_their_page_at_most(desk: Desk) -> None:
    desk.save("links.html", b"<html><body><ul>" + LINKS)
    desk.save("page.html", PAGE_HTML)
    done = desk.run("parse", "links.html", "page.html", "--at", AT, "--timezone", "UTC", status=None)
    assert (done.status, len(done.lines), len(done.err.splitlines())) in {(0, 2, 0), (1, 1, 1)}
    assert json.loads(done.lines[-1])["article"]["title"] == TITLE


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_binary_that_looks_like_wide_letters_is_binary(desk: Desk, codec: str) -> None:
    desk.save("sound.html", "".join(map(chr, range(33, 90))).encode(codec) * 20)
    assert "binary data" in desk.run("parse", "sound.html", status=1).err
