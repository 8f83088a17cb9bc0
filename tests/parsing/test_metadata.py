"""Tests of the metadata that a page gives for its article."""
# ruff: noqa: E501 - pages and sentences are not broken into lines

import json
from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ticker import parse_page
from ticker.parsing.metadata.merge import PRECEDENCE, Metadata, read_declared, read_metadata
from ticker.parsing.metadata.source import Source
from ticker.parsing.outline import build_outline, parse_tree

URL = "https://www.quaycourier.example/harbour/2025/03/04/bridge-to-close"
CASABLANCA = ZoneInfo("Africa/Casablanca")
INDIA = timezone(timedelta(hours=5, minutes=30))
NOW = datetime(2025, 3, 10, 12, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")


def read(
    head: str = "", body: str = "", url: str | None = URL, zone: ZoneInfo | None = None, root: str = ""
) -> Metadata:
    html = f"<html {root}><head>{head}</head><body>{body}</body></html>"
    outline = build_outline(parse_tree(html.encode()))
    return read_metadata(outline, read_declared(outline, url), zone, NOW)


def meta(**names: str) -> str:
    return "".join(f'<meta property="{name.replace("_", ":", 1)}" content="{value}">' for name, value in names.items())


def data(*things: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(thing)}</script>' for thing in things)


def article(**fields: object) -> dict[str, object]:
    return {"@context": "https://schema.org", "@type": "NewsArticle", **fields}


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def test_the_document_states_the_precedence_of_sources() -> None:
    document = Path(__file__).parents[2] / "docs" / "parsing.md"
    rows = [f"| {field} | {', '.join(sources)} |" for field, sources in PRECEDENCE.items()]
    assert "\n".join(["| field | sources |", "|---|---|", *rows]) in document.read_text(encoding="utf-8")
    assert {field.name for field in fields(Source)} == {*PRECEDENCE, "titles", "is_news"}


# ---- JSON-LD in all its forms

WRITTEN = [
    '{"@type":"NewsArticle","headline":"Bridge to close","datePublished":"2025-03-04T06:30:00Z"}',
    '[{"@type":"WebSite","name":"x"},{"@type":"NewsArticle","headline":"Bridge to close","datePublished":"2025-03-04T06:30:00Z"}]',
    '{"@graph":[{"@type":"Organization"},{"@type":["Article","NewsArticle"],"headline":"Bridge to close","datePublished":"2025-03-04T06:30:00Z"}]}',
    '{"@type":"WebPage","mainEntity":{"@type":"http://schema.org/NewsArticle","headline":"Bridge to close","datePublished":"2025-03-04T06:30:00Z"}}',
    '<!-- {"@type":"NewsArticle","headline":"Bridge to close","datePublished":"2025-03-04T06:30:00Z"} -->',
    '//<![CDATA[\n{"@type":"NewsArticle","headline":"Bridge to close","datePublished":"2025-03-04T06:30:00Z"}\n//]]>',
    '{"@type":"NewsArticle","headline":"Bridge to close",\n"datePublished":"2025-03-04T06:30:00Z",}',
    '{"@type":"NewsArticle","headline":"Bridge to close","about":"one\nline\tmore","datePublished":"2025-03-04T06:30:00Z"};',
    '{"@type":"NewsArticle","headline":"Bridge to close","about":"isn\\\'t it","datePublished":"2025-03-04T06:30:00Z"}',
    '{"@type":"Organization"}\n{"@type":"NewsArticle","headline":"Bridge to close","datePublished":"2025-03-04T06:30:00Z"}',
    '{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:&quot;Bridge to close&quot;,&quot;datePublished&quot;:&quot;2025-03-04T06:30:00Z&quot;}',
]  # fmt: skip


@pytest.mark.parametrize("script", WRITTEN)
def test_json_ld(script: str) -> None:
    found = read(f'<script type="application/ld+json">{script}</script>')
    assert found.title == "Bridge to close"
    assert found.published == utc(2025, 3, 4, 6, 30)
    assert found.kind == "article"


def test_json_ld_beyond_repair_gives_its_dates() -> None:
    script = '{"@type":"NewsArticle","headline":"The "so-called" bridge","datePublished":"2025-03-04T06:30:00Z"'
    assert read(f'<script type="application/ld+json">{script}</script>').published == utc(2025, 3, 4, 6, 30)


def test_json_ld_of_other_articles_is_not_the_pages_own() -> None:
    other = article(
        headline="Ferry fares rise", url="https://www.quaycourier.example/ferry", datePublished="2025-03-01T08:00:00Z"
    )
    ours = article(headline="Bridge to close", mainEntityOfPage={"@id": URL}, datePublished="2025-03-04T06:30:00Z")
    listed = {"@type": "ItemList", "itemListElement": [other]}
    assert read(data(other, listed, ours)).published == utc(2025, 3, 4, 6, 30)
    assert read(data(article(**{**other, "url": None}), ours), url=None).title == "Ferry fares rise"
    by_title = read(meta(og_title="Bridge to close") + data({**other, "url": ""}, {**ours, "mainEntityOfPage": ""}))
    assert by_title.published == utc(2025, 3, 4, 6, 30)


# ---- titles


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Bridge to close | The Quay Courier</title>" + meta(og_site__name="x"), "<h1>Bridge to close</h1>", "Bridge to close"),
        (meta(og_title="Bridge to close - Quay Courier"), "", "Bridge to close"),
        (meta(og_title="Bridge to close: what we know - quaycourier.example"), "", "Bridge to close: what we know"),
        (meta(og_title="Quay Courier | Bridge to close"), "", "Bridge to close"),
        (meta(og_title="Bridge to close"), "<h1>Quay Courier</h1>", "Bridge to close"),
        (meta(og_title="BUDGET | Bridge to close after all"), "<h1>BUDGET | Bridge to close after all</h1>", "BUDGET | Bridge to close after all"),
        (meta(og_title="Ships - and boats - in the harbour"), "", "Ships - and boats - in the harbour"),
        (meta(og_title="駅前の古い時計、半年ぶりに動く｜みなと日報"), "", "駅前の古い時計、半年ぶりに動く"),
        (meta(og_title="&amp;#8216;It holds&amp;#8217;, says engineer"), "", "‘It holds’, says engineer"),
        ("<title>Quay Courier</title>", "<h1>Bridge to close</h1>", "Bridge to close"),
        ("", "", None),
    ],
)  # fmt: skip
def test_title(head: str, body: str, title: str | None) -> None:
    assert read(head, body).title == title


@pytest.mark.parametrize("sign", "| - – — · • « › ‹ > < / \\ ~ ⋆ * _ :: ● → ｜".split())
@pytest.mark.parametrize("order", ["{0} {2} {1}", "{1} {2} {0}"])
def test_site_name_is_cut_off_whatever_sign_parts_it(sign: str, order: str) -> None:
    said = escape(order.format("Bridge to close in the first week of May", "Salt & Harbour", sign))
    head = f'<title>{said}</title><meta property="og:site_name" content="Salt &amp; Harbour">'
    assert read(head).title == "Bridge to close in the first week of May"


@pytest.mark.parametrize(
    ("title", "site", "headline"),
    [
        ("Ferries, bridges - and a tunnel - Quay Courier", "Quay Courier", "Ferries, bridges - and a tunnel"),
        ("Interview: “It holds” – Quay Courier", "Quay Courier", "Interview: “It holds”"),
        ("Bridge to close – what you must know | Quay Courier", "Quay Courier", "Bridge to close – what you must know"),
        ("Bridge to close | Harbour | News | Quay Courier", "Quay Courier", "Bridge to close"),
        ("Bridge to close | Boats, Ropes &amp; Tar", "Boats, Ropes &amp; Tar", "Bridge to close"),
        ("Letter #12 – Bridge to close | Letter", "Letter", "Letter #12 – Bridge to close"),
        ("晨报｜大桥将关闭；票价上调5%_港湾日报", "港湾日报", "晨报｜大桥将关闭；票价上调5%"),
        ("大桥将于五月关闭-港湾网", "港湾网", "大桥将于五月关闭"),
    ],
)
def test_signs_of_the_headline_are_kept(title: str, site: str, headline: str) -> None:
    assert read(f'<title>{title}</title><meta property="og:site_name" content="{site}">', url=None).title == headline


SEARCHED = "Bridge closure dates, detours and ferry times 2025"


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("<h1>Bridge closure: when to take the ferry</h1>", "Bridge closure: when to take the ferry"),
        ("<h1>Bridges</h1>", SEARCHED),  # the name of a section
        ('<h1><a href="/">The Quay Courier</a></h1>', SEARCHED),
        ("<h1>{{ page.title }}</h1>", SEARCHED),
        ("<h1>Sign up for our morning letter</h1>", SEARCHED),
        ("<h1>Quay</h1><h1>Bridge closure dates, detours, ferries</h1>", "Bridge closure dates, detours, ferries"),
        ("<h1>Harbour Bridge closure dates, detours and ferry times 2025</h1>", SEARCHED),  # a kicker before the title
    ],
)
def test_heading_before_what_is_written_for_search_engines(body: str, title: str) -> None:
    head = f"<title>{SEARCHED} | Quay Courier</title>" + meta(og_title=SEARCHED)
    assert read(head, body).title == title


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("<h1></h1><h2>Bridge to close</h2>", "Bridge to close"),
        ('<h1><a href="/">Quay Courier</a></h1><h3>Bridge to close</h3>', "Bridge to close"),
        ('<h1 class="logo">The Quay Courier of Orle</h1><h2>Bridge to close</h2>', "Bridge to close"),
        ('<h1 class="site-title">The Quay Courier of Orle</h1><h2>Bridge to close</h2>', "Bridge to close"),
        ("<h1>Bridge to close</h1><h2>Why now?</h2>", "Bridge to close"),
        ("<h1><span class=kicker>Harbour</span><span>Bridge to close in May</span></h1>", "Bridge to close in May"),
        ("<h1>Bridge to close in May <small class=date>4 March 2025</small></h1>", "Bridge to close in May"),
    ],
)
def test_heading_of_a_page_that_declares_no_title(body: str, title: str) -> None:
    assert read("", body).title == title


@pytest.mark.parametrize("end", ["...", " …"])
def test_title_cut_short_is_completed(end: str) -> None:
    head = meta(og_title="Bridge to close in the first" + end) + data(
        article(headline="Bridge to close in the first week")
    )
    assert read(head).title == "Bridge to close in the first week"


SHARED = meta(og_title="You will not believe what this bridge did")


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("<h1>Bridge to close in May</h1>", "Bridge to close in May"),
        ("<h1>Bridges</h1>", "You will not believe what this bridge did"),
        (  # the h1 is the last step of the breadcrumbs
            "<h1>Bridge to close in May</h1><h2>You will not believe what this bridge did</h2>",
            "You will not believe what this bridge did",
        ),
    ],
)
def test_title_that_three_sources_agree_on(body: str, title: str) -> None:
    head = (
        SHARED
        + "<title>Bridge to close in May | Quay Courier</title>"
        + data(article(headline="Bridge to close in May"))
    )
    assert read(head, body).title == title


def test_site_name_of_the_page_is_cut_off() -> None:
    head = meta(og_title="Pont fermé – L’Écho") + '<meta property="og:site_name" content="L’Écho">'
    found = read(head)
    assert (found.title, found.site) == ("Pont fermé", "L’Écho")


# ---- dates

T = "2025-03-04T06:30:00"


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        (meta(article_published_time=T + "Z"), "", utc(2025, 3, 4, 6, 30)),
        (f'<meta name="parsely-pub-date" content="{T}Z">', "", utc(2025, 3, 4, 6, 30)),
        (f'<meta name="DC.date.issued" content="{T}+01:00">', "", utc(2025, 3, 4, 5, 30)),
        (f'<meta itemprop="datePublished" content="{T}Z">', "", utc(2025, 3, 4, 6, 30)),
        ("", f'<span itemprop="datePublished" content="{T}Z">today</span>', utc(2025, 3, 4, 6, 30)),
        ("", f'<time datetime="{T}Z">today</time>', utc(2025, 3, 4, 6, 30)),
        # the more trusted source wins
        (data(article(datePublished=T + "Z")) + meta(article_published_time="2025-03-03T00:00:00Z"), "", utc(2025, 3, 4, 6, 30)),
        # an exact time on the same day replaces a date
        ('<meta name="date" content="2025-03-04">', f'<time datetime="{T}Z">x</time>', utc(2025, 3, 4, 6, 30)),
        # a clock without an offset, or marked as UTC, gets the offset of the same clock elsewhere
        (data(article(datePublished=T)) + f'<meta name="date" content="{T}+02:00">', "", utc(2025, 3, 4, 4, 30)),
        (data(article(datePublished=T + "Z")) + f'<meta name="date" content="{T}+02:00">', "", utc(2025, 3, 4, 4, 30)),
        # the epoch is a placeholder
        (meta(article_published_time="1970-01-01T00:00:00Z") + f'<meta name="date" content="{T}Z">', "", utc(2025, 3, 4, 6, 30)),
        (meta(article_published_time="soon"), "", utc(2025, 3, 4)),  # the URL is the last resort
    ],
)  # fmt: skip
def test_published(head: str, body: str, published: datetime) -> None:
    assert read(head, body).published == published


def test_a_date_without_offset_is_in_the_zone() -> None:
    found = read(meta(article_published_time=T), zone=PARIS)
    assert found.published == datetime(2025, 3, 4, 6, 30, tzinfo=PARIS)


@pytest.mark.parametrize("zone", [None, "UTC", "Europe/London"])
def test_a_date_without_offset_takes_that_of_the_pages_other_dates(zone: str | None) -> None:
    text = "".join(
        f"<p>The bridge over the harbour closes in {month}, the town said on Monday, and a ferry takes its place.</p>"
        for month in ("May", "June", "July")
    )
    head = data(article(headline="Bridge to close", datePublished=T, dateModified="2025-03-04T09:00:00+05:30"))
    page = parse_page(f"<html><head>{head}</head><body><h1>Bridge to close</h1>{text}</body></html>", URL, NOW, zone)
    assert page.article is not None
    assert page.article.published == datetime(2025, 3, 4, 6, 30, tzinfo=INDIA)


def test_modified() -> None:
    found = read(data(article(datePublished=T + "+05:30", dateModified="2025-03-04T09:00:00+05:30")))
    assert found.modified == datetime(2025, 3, 4, 9, tzinfo=timezone(timedelta(hours=5, minutes=30)))


@pytest.mark.parametrize(
    ("head", "body", "hours"),
    [
        (data(article(datePublished=T + "+05:30")), "", 5.5),
        (data(article(datePublished=T + "Z")), "", None),
        (data(article(datePublished=T + "Z", dateModified=T + "-03:00")), "", -3),
        ("", f'<h1>Bridge to close</h1><time datetime="{T}+02:00">x</time>', 2),
    ],
)
def test_the_offset_that_dates_carry(head: str, body: str, hours: float | None) -> None:
    html = f"<html><head>{head}</head><body>{body}</body></html>"
    found = read_declared(build_outline(parse_tree(html.encode())), URL).utc_offset
    assert found == (timedelta(hours=hours) if hours is not None else None)


def test_times_far_from_the_headline_are_not_the_articles() -> None:
    ticker = "".join(
        f'<li><time datetime="2025-03-0{day}T08:00:00Z">08:00</time> <a href=/{day}>x</a></li>' for day in range(1, 10)
    )
    body = f"<ul>{ticker * 3}</ul><main><h1>Bridge to close</h1><time datetime='{T}Z'>today</time></main>"
    assert read("", body).published == utc(2025, 3, 4, 6, 30)


@pytest.mark.parametrize(
    ("shown", "published"),
    [
        ("4 March 2025, 6.30 am", datetime(2025, 3, 4, 6, 30, tzinfo=PARIS)),
        ("Publié le 4 mars 2025 à 6h30, mis à jour le 5 mars 2025 à 9h", datetime(2025, 3, 4, 6, 30, tzinfo=PARIS)),
        ("04.03.2025, 06:30 Uhr", datetime(2025, 3, 4, 6, 30, tzinfo=PARIS)),
        ("4 March 2025", datetime(2025, 3, 4, tzinfo=PARIS)),
    ],
)
def test_a_date_that_only_readers_see(shown: str, published: datetime) -> None:
    body = f"<h1>Bridge to close</h1><p>Chapter 12</p><p class=meta>{shown}</p><p>On 1 January 2020 it opened.</p>"
    assert read("", body, url=None, zone=PARIS).published == published


NEWER = utc(2025, 3, 5, 18, 40)
OLDER = utc(2025, 3, 4, 6, 30)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "<p>Updated: 5 March 2025, 18:40<br>Published: 4 March 2025, 06:30</p>"),
        ("en", "<p>4 March 2025, 06:30 (updated 5 March 2025, 18:40)</p>"),
        ("en", "<div><span>Updated</span> <time datetime=2025-03-05T18:40Z>x</time></div><div><span>Published</span> <time datetime=2025-03-04T06:30Z>x</time></div>"),
        ("en", "<time class=updated datetime=2025-03-05T18:40Z>x</time><time class='entry-date published' datetime=2025-03-04T06:30Z>x</time>"),
        ("en", "<time itemprop=dateModified datetime=2025-03-05T18:40Z>x</time><time datetime=2025-03-04T06:30Z>x</time>"),
        ("es", "<time itemprop=dateModified datetime=2025-03-05T18:40Z>04/03/2025 06:30 | Actualizado a las 18:40 del 05/03/2025</time>"),
        ("fr", "<p>Mis à jour le 5 mars 2025 à 18h40, publié le 4 mars 2025 à 06h30</p>"),
        ("de", "<p>Aktualisiert: 05.03.2025, 18:40 Uhr</p><p>Erschienen: 04.03.2025, 06:30 Uhr</p>"),
        ("it", "<p>Pubblicato il 4 marzo 2025 alle 06:30 - Ultimo aggiornamento: 5 marzo 2025 18:40</p>"),
        ("ru", "<p>4 марта 2025, 06:30 (обновлено 5 марта 2025, 18:40)</p>"),
        ("ja", "<p>2025年3月4日 6:30 公開 2025年3月5日 18:40 更新</p>"),
        ("zh", "<p>发布时间：2025-03-04 06:30 更新时间：2025-03-05 18:40</p>"),
        ("ko", "<p>입력 2025.03.04 06:30 수정 2025.03.05 18:40</p>"),
    ],
)  # fmt: skip
def test_published_and_updated_are_told_apart(language: str, shown: str) -> None:
    found = read("", f"<h1>Bridge to close</h1>{shown}", url=None, root=f"lang={language}")
    assert (found.published, found.modified) == (OLDER, NEWER)


@pytest.mark.parametrize(
    "shown",
    [
        "<time itemprop=dateModified datetime=2025-03-05T18:40Z>5 March 2025</time>",
        "<p class=date>Last updated 5 March 2025, 18:40</p>",
        "<p class=datum>Stand: 05.03.2025, 18:40 Uhr</p>",
        "<div class=last-updated><time datetime=2025-03-05T18:40Z>5 March</time></div>",
    ],
)
def test_an_update_alone_is_no_publication(shown: str) -> None:
    found = read("", f"<h1>Bridge to close</h1>{shown}", url=None)
    assert (found.published, found.modified) == (None, NEWER)


def test_what_was_changed_before_the_publication_is_another_thing() -> None:
    versions = "<table><tr><td>Updated</td><td>4 March 2024</td></tr></table>"
    assert read(meta(article_published_time=T + "Z"), "<h1>Bridge to close</h1>" + versions).modified is None


CARD = '<a href="/o">Old ferry sold to a museum of steam</a> <time datetime="2025-03-01T10:00Z">1 March 2025</time>'


@pytest.mark.parametrize(
    "elsewhere",
    [
        f"<aside>{CARD}</aside>",
        f"<section class='related-stories'>{CARD}</section>",
        f"<div><div>{CARD}</div></div>",
        '<div id="comments"><div><time datetime="2025-03-01T10:00Z">1 March 2025</time> Nice.</div></div>',
        '<div class="reader-comments"><span itemprop="datePublished">1 March 2025</span></div>',
        "<p>On 1 March 2025 the last of them was sold.</p>",
        "<p class=meta>5 min read</p>",
    ],
)
def test_dates_of_other_things_are_not_the_articles(elsewhere: str) -> None:
    found = read("", f"<h1>Bridge to close</h1>{elsewhere}", url=None)
    assert (found.published, found.modified) == (None, None)


def test_dates_of_a_list_of_headlines_are_not_the_articles() -> None:
    entries = "".join(f"<li>1 March 2025, 1{n}:00 <a href=/{n}>Ferry {n} is late</a></li>" for n in range(5))
    html = f"<html><body><h1>Bridge to close</h1><ul>{entries}</ul></body></html>"
    outline = build_outline(parse_tree(html.encode()))
    lists = [node for node in outline.nodes if node.tag == "li"]
    assert read_metadata(outline, read_declared(outline, None), UTC, NOW, lists).published is None


def test_date_beside_a_headline_of_lower_rank() -> None:
    menu = "<h2>Topics</h2>" + "<div><a href=/t><span>Topic</span></a></div>" * 60
    body = menu + "<h4>Bridge to close</h4><div>Tue 04.03.25 | 06:30</div>"
    assert read(meta(og_title="Bridge to close"), body, url=None).published == OLDER


@pytest.mark.parametrize(
    ("shown", "published"),
    [
        ("<time>2 hours ago</time>", utc(2025, 3, 10, 10)),
        ("<p>By Iris Fenn • 30 minutes ago</p>", utc(2025, 3, 10, 11, 30)),
        ("<span>昨天 23:01</span>", utc(2025, 3, 9, 23, 1)),
        ("<span class=fecha>Hoy, 08:05</span>", utc(2025, 3, 10, 8, 5)),
        ("<p class=date>vor 3 Tagen</p>", utc(2025, 3, 7, 12)),
    ],
)
def test_relative_dates_are_resolved_against_the_fetch(shown: str, published: datetime) -> None:
    assert read("", "<h1>Bridge to close</h1>" + shown, url=None).published == published


@pytest.mark.parametrize(
    ("root", "said", "published"),
    [
        ("lang=en-US", "02/03/2025", utc(2025, 2, 3)),
        ("lang=en-GB", "02/03/2025", utc(2025, 3, 2)),
        ("lang=es", "02/03/2025", utc(2025, 3, 2)),
        ("lang=en", "03/09/2025", utc(2025, 3, 9)),  # 3 September is in the future
        ("lang=en", "1741069800000", OLDER),
        ("lang=en", "1741069800", OLDER),
    ],
)
def test_numeric_dates(root: str, said: str, published: datetime) -> None:
    assert read(f'<meta name="date" content="{said}">', root=root, url=None).published == published
    assert read(data(article(datePublished=said)), root=root, url=None).published == published
    shown = f"<h1>Bridge to close</h1><time datetime='{said}'>x</time>"
    assert read("", shown, root=root, url=None).published == published


def test_a_count_of_milliseconds_that_is_a_number() -> None:
    assert read(data(article(datePublished=1741069800000))).published == OLDER


@pytest.mark.parametrize(("hours", "known"), [(25, True), (27, False), (24 * 365 * 16, False)])
def test_no_date_lies_more_than_26_hours_ahead_of_the_fetch(hours: int, known: bool) -> None:
    ahead = NOW + timedelta(hours=hours)
    said = ahead.isoformat()
    found = read(meta(article_published_time=said, article_modified_time=said), url=None)
    assert (found.published, found.modified) == ((ahead, ahead) if known else (None, None))


def test_no_date() -> None:
    found = read(url="https://www.quaycourier.example/bridge-12345678")
    assert (found.published, found.modified) == (None, None)


# ---- authors


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ({"@type": "Person", "name": "Iris Fenn"}, ("Iris Fenn",)),
        ([{"name": "Iris Fenn"}, {"name": "Tom Oduya"}], ("Iris Fenn", "Tom Oduya")),
        ([{"name": ["Iris Fenn", "Tom Oduya"]}], ("Iris Fenn", "Tom Oduya")),
        ("By Iris Fenn and Tom Oduya", ("Iris Fenn", "Tom Oduya")),
        ("Von Iris Fenn, Tom Oduya", ("Iris Fenn", "Tom Oduya")),
        (["Iris Fenn", "IRIS FENN"], ("Iris Fenn",)),
        ("Iris Fenn (ife)", ("Iris Fenn",)),
        ({"url": "https://quaycourier.example/iris"}, ()),
        ("https://quaycourier.example/iris", ()),
        ([{"name": "Quay Courier"}, {"name": "Iris Fenn"}], ("Iris Fenn",)),
        ({"name": "Quay Courier"}, ("Quay Courier",)),
    ],
)
def test_authors(author: object, names: tuple[str, ...]) -> None:
    site = '<meta property="og:site_name" content="Quay Courier">'
    assert read(data(article(author=author)) + site).authors == names


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta name="author" content="By Iris Fenn">', ""),
        (
            '<meta property="article:author" content="https://social.example/iris"><meta name="author" content="Iris Fenn">',
            "",
        ),
        ("", '<h1>Bridge</h1><a rel="author" href="/iris">Iris Fenn</a>'),
        ("", '<h1>Bridge</h1><div class="article-byline">By Iris Fenn</div>'),
    ],
)
def test_authors_elsewhere(head: str, body: str) -> None:
    assert read(head, body).authors == ("Iris Fenn",)


@pytest.mark.parametrize(
    ("language", "byline", "name"),
    [
        ("de", "Von Lena Maurer", "Lena Maurer"),
        ("en", "Von Miller", "Von Miller"),  # "von" starts a byline only in German
        ("ca", "Per Laia Puig", "Laia Puig"),
        ("sv", "Per Olsson", "Per Olsson"),
        ("pl", "Autor: Marek Zięba", "Marek Zięba"),
        ("eo", "Verkisto: Zamen Hofo", "Zamen Hofo"),  # any word before a colon
        ("en", "By Colette", "Colette"),
        ("vi", "Tác giả: Nguyễn Thu Hà", "Nguyễn Thu Hà"),
        ("id", "Oleh Dewi Lestari Putri", "Dewi Lestari Putri"),
        ("ar", "بقلم سلمى العمري", "سلمى العمري"),
        ("fa", "نوشته مریم صالحی", "مریم صالحی"),
        ("hi", "अनिता मिश्रा", "अनिता मिश्रा"),
        ("th", "โดย สมชาย ใจดี", "สมชาย ใจดี"),
        ("ja", "文・ 宮本千夏", "宮本千夏"),
        ("zh-TW", "記者林雅婷", "林雅婷"),
        ("zh", "文在寅", "文在寅"),
        ("ko", "글 김소연", "김소연"),
        ("ko", "김소연 기자", "김소연"),
    ],
)
def test_bylines(language: str, byline: str, name: str) -> None:
    body = f'<h1>Bridge</h1><span class="meta__author">{byline}</span>'
    assert read("", body, root=f'lang="{language}"').authors == (name,)


@pytest.mark.parametrize(
    "byline",
    [
        "By Iris Fenn | March 4, 2025 at 9:41 AM",
        "By Iris Fenn<br>Updated 4 March 2025 at 09:41",
        "By Iris Fenn · 3 min read",
        "By Iris Fenn, Harbour Correspondent",
        "By Iris Fenn / Staff Writer",
        "<b>Iris Fenn</b><i>Senior Harbour Editor</i>",
        "By Iris Fenn<br>Harbour Correspondent",
        "Par Iris Fenn, journaliste à Lyon",
        "By Iris Fenn, Quay Courier",
        "By Iris Fenn for The Quay Courier",
        "By Iris Fenn | The Associated Press",
        "By <span class=author>Iris Fenn</span> <a href='mailto:x'>Email the author</a>",
        "By Iris Fenn <a href='mailto:iris@quay.example'>iris@quay.example</a>",
        "<a href=/iris>Iris Fenn</a> <a href=/mail>Contact the author</a> <a href=/x>Follow her</a>",
    ],
)
def test_a_byline_gives_names_alone(byline: str) -> None:
    site = '<meta property="og:site_name" content="Quay Courier">'
    assert read(site, f"<h1>Bridge</h1><div class=byline>{byline}</div>").authors == ("Iris Fenn",)


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ({"@type": "Person", "givenName": "Iris", "familyName": "Fenn"}, ("Iris Fenn",)),
        ([[{"name": "Iris Fenn"}], [[{"name": "Tom Oduya"}]]], ("Iris Fenn", "Tom Oduya")),
        ({"@id": "#iris"}, ("Iris Fenn",)),
        ([{"name": "Iris de la Fenn y Rey"}, {"name": "Tom e Silva"}], ("Iris de la Fenn y Rey", "Tom e Silva")),
        ({"name": "Iris and Tom Fenn"}, ("Iris and Tom Fenn",)),
        ({"name": "Iris Fenn, Jr"}, ("Iris Fenn, Jr",)),
        ({"name": "Iris Fenn, PhD"}, ("Iris Fenn",)),
        ({"name": "Iris Fenn, Tom Oduya and Ana Rey"}, ("Iris Fenn", "Tom Oduya", "Ana Rey")),
        ([{"name": "Oleh Fenn"}, {"name": "Nga Rey"}, {"name": "Door Oduya"}], ("Oleh Fenn", "Nga Rey", "Door Oduya")),
        ([{"name": "Iris Fenn"}, {"name": "Staff Writer"}], ("Iris Fenn",)),
    ],
)
def test_people(author: object, names: tuple[str, ...]) -> None:
    person = {"@type": "Person", "@id": "#iris", "name": "Iris Fenn"}
    assert read(data(article(author=author), person)).authors == names


@pytest.mark.parametrize(
    ("language", "said", "name"),
    [
        ("en", "Oleh Fenn", "Oleh Fenn"),
        ("id", "Oleh Dewi Lestari", "Dewi Lestari"),
        ("en", "Door Tom Oduya", "Tom Oduya"),
        ("nl", "Door Oduya", "Oduya"),
    ],
)
def test_by_words_that_are_names_elsewhere(language: str, said: str, name: str) -> None:
    assert read(f'<meta name="author" content="{said}">', root=f"lang={language}").authors == (name,)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "<aside><ul><li><a href=/o>Old ferry sold to a museum</a><div><a rel=author href=/a>Tom Oduya</a></div></ul></aside>",
        "<div><div><a href=/o>Old ferry sold to a museum of steam</a><p><a rel=author href=/a>Tom Oduya</a></p></div></div>",
        "<section class=related><h3>Old ferry sold to a museum</h3><span itemprop=author>Tom Oduya</span></section>",
        "<div class=comments><span class=author>Tom Oduya</span> Nice.</div>",
    ],
)
def test_authors_of_other_articles(elsewhere: str) -> None:
    assert read("", f"<h1>Bridge to close</h1><p>Text.</p>{elsewhere}").authors == ()
    byline = "<h1>Bridge to close</h1><p class=byline>By Iris Fenn</p>"
    assert read("", byline + elsewhere).authors == ("Iris Fenn",)


@pytest.mark.parametrize("line", ["12 March", "Author:", "Posted in 2024 by staff", "contact@quay.example"])
def test_what_names_nobody_is_no_byline(line: str) -> None:
    assert read("", f'<h1>Bridge</h1><span class="author">{line}</span>').authors == ()


def test_author_in_rdfa() -> None:
    person = '<a href="/user/14" typeof="schema:Person" property="schema:name" class="username">{}</a>'
    comment = '<article class="comment">' + person.format("rivet_7") + "</article>"
    assert read("", "<h1>Bridge</h1>" + person.format("Sid Alder") + comment).authors == ("Sid Alder",)


def test_commenters_are_no_authors() -> None:
    comments = '<div class="comments"><a rel="author" href="/x">rivet</a><input name="author"></div>'
    assert read("", "<h1>Bridge</h1>" + comments).authors == ()


# ---- the rest


def test_address() -> None:
    canonical = '<link rel="canonical" href="/harbour/bridge">'
    assert read(canonical).url == "https://www.quaycourier.example/harbour/bridge"
    assert read('<link rel="canonical" href="https://www.quaycourier.example/">').url == URL
    assert read(meta(og_url="https://www.quaycourier.example/b")).url == "https://www.quaycourier.example/b"
    assert read(canonical, url=None).url is None


@pytest.mark.parametrize(
    ("root", "head", "language"),
    [
        ("lang=en", "", "en"),
        ("lang=pt_BR", "", "pt-BR"),
        ("lang=zh-hans-cn", "", "zh-Hans-CN"),
        ("", meta(og_locale="de_AT"), "de-AT"),
        ("", data(article(inLanguage="fr-FR")), "fr-FR"),
        ("lang='{{ lang }}'", meta(og_locale="de_AT"), "de-AT"),
        ("", "", None),
    ],
)
def test_language(root: str, head: str, language: str | None) -> None:
    assert read(head, root=root).language == language


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (data(article()), "article"),
        (data({"@type": "LiveBlogPosting"}), "live"),
        (meta(og_type="article"), "article"),
        (meta(og_type="website"), "list"),
        (data({"@type": "CollectionPage"}), "list"),
        (data({"@type": "VideoObject"}), "video"),
        ("", None),
    ],
)
def test_kind(head: str, kind: str | None) -> None:
    assert read(head).kind == kind


def test_description_and_body() -> None:
    text = "<p>One &amp; all.</p><p>Two,<br>three.</p>"
    found = read(meta(og_description="What  it is") + data(article(articleBody=text)))
    assert found.description == "What it is"
    assert found.body == "One & all.\nTwo,\nthree."
    assert read(data(article(articleBody="One.\n\n  Two. "))).body == "One.\nTwo."
    assert read(data(article(articleBody=""))).body is None


@pytest.mark.parametrize(
    "thing",
    [None, 3, "x", [], [[]], {"@graph": None}, {"@type": 3}, {"@type": "Article", "author": 3, "headline": {}, "datePublished": 7},
     {"@type": "Article", "author": [None, {}, [[]]], "articleBody": 3, "url": {"@id": 3}, "publisher": [3]}],
)  # fmt: skip
def test_things_of_any_shape_are_read(thing: object) -> None:
    read(data(thing))


def test_nested_beyond_reason() -> None:
    read('<script type="application/ld+json">' + "[" * 100_000 + "</script>")


def test_authors_of_cards_with_short_titles_are_none_of_the_article_s() -> None:
    text = "".join(
        f"<p>The council met on day {n} to decide about the bridge, and it has decided to meet.</p>" for n in "123"
    )
    cards = "".join(
        f"<div class=card><a href=/n/{n}>{title}</a><span class=author>{name}</span></div>"
        for n, (title, name) in enumerate((("Fog delays ferry", "Zed Quill"), ("Bells stolen in Anst", "Tom Oak")))
    )
    html = f"<main><article><h1>Bridge</h1><p>By Jane Roe</p>{text}</article><div class=cards>{cards}</div></main>"
    assert read(body=html, root="lang=en").authors == ("Jane Roe",)
