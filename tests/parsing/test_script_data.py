"""Tests of headlines in the data of scripts: what is read, what is refused, and how they join those that a page shows.

The fixture pages ``data_*`` and ``trap_data_*`` show whole pages in the manner of frameworks.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from ticker.models import Headline
from ticker.parsing import parse_page
from ticker.parsing.explain import explain
from ticker.parsing.page import trace_page

SEEN = datetime(2024, 5, 20, 18, 0, tzinfo=UTC)
URL = "https://www.depot.example/news"
TITLES = (
    "Council votes to keep the old tram depot open",
    "Ferry to Tolver stopped after fire in the engine room",
    "Market hall roof to be mended before winter",
    "Two held after theft of church bells in Anst",
)
TIMES = ("2024-05-20T17:42:09Z", "2024-05-20T16:05:30Z", "2024-05-20T15:31:00Z", "2024-05-20T12:16:44Z")
NEWS = [
    {"title": title, "publishedAt": time, "url": f"/local/{number}"}
    for number, (title, time) in enumerate(zip(TITLES, TIMES, strict=True))
]
ROWS = "".join(
    f'<li><a href="/local/{number}">{title}</a> <span>{time[11:16]}</span></li>'
    for number, (title, time) in enumerate(zip(TITLES, TIMES, strict=True))
)
SHOWN = f"<main><h2>Latest news</h2><ul>{ROWS}</ul></main>"


def page_with(script: str, attributes: str = "", body: str = "") -> bytes:
    return f"<html><body><div id=app></div>{body}<script {attributes}>{script}</script></body></html>".encode()


def page_of(value: Any, body: str = "") -> bytes:
    """Return a page with a JSON document in a script."""
    return page_with(json.dumps(value), 'type="application/json"', body)


def headlines(page: bytes, **given: Any) -> tuple[Headline, ...]:
    given = {"url": URL, "timezone": "UTC"} | given
    return parse_page(page, fetched_at=SEEN, **given).headlines


def times(page: bytes, **given: Any) -> list[str]:
    return [h.time.isoformat() if h.time else "" for h in headlines(page, **given)]


def reasons(page: bytes) -> list[str | None]:
    """Return why each list in the data of a page was refused."""
    return [found.rejection_reason for found in trace_page(page, URL, SEEN, "UTC").data_lists or ()]


def changed(**fields: Any) -> list[dict[str, Any]]:
    """Return the news with other fields; a callable is called with the number of the entry."""
    return [{**entry, **{k: v(n) if callable(v) else v for k, v in fields.items()}} for n, entry in enumerate(NEWS)]


def renamed(old: str, new: str) -> list[dict[str, Any]]:
    return [{new if name == old else name: value for name, value in entry.items()} for entry in NEWS]


WANTED = [(title, time) for title, time in zip(TITLES, TIMES, strict=True)]


def found_all(page: bytes, **given: Any) -> bool:
    """Return whether the headlines are the news, with exact times."""
    found = headlines(page, **given)
    return [(h.title, h.time) for h in found] == [(t, datetime.fromisoformat(m)) for t, m in WANTED] and all(
        h.precision == "exact" and h.url == f"https://www.depot.example/local/{n}" for n, h in enumerate(found)
    )


# ---- scripts


@pytest.mark.parametrize(
    "script",
    [
        "window.data = {};",
        "var state={};boot()",
        'window["__DATA__"] = {} || [];',
        "window.App.start({});",
        "window.data = {{user: undefined, page: {}}};",
        '/* {{"title" */ function f() {{ if (a[1]) {{ return "}}" }} }} window.data = {};',
        "<!-- //\nwindow.data = {}; // -->",
    ],
)
def test_json_is_cut_out_of_scripts(script: str) -> None:
    written = script.replace("{{", "{").replace("}}", "}") if "{{" in script else script
    assert found_all(page_with(written.replace("{}", json.dumps({"news": NEWS}), 1)))


def test_values_that_are_not_json_are_searched_inside() -> None:
    script = 'x = {"a": undefined, "b": new Date(1), "news": ' + json.dumps(NEWS) + ", last: 1}"
    assert found_all(page_with(script))


@pytest.mark.parametrize("quote", ["'", '"'])
@pytest.mark.parametrize("opening", ["JSON.parse(", "JSON.parse( ", "JSON.parse(decodeURIComponent("])
def test_strings_that_a_script_parses_are_read(quote: str, opening: str) -> None:
    from urllib.parse import quote as percent

    text = json.dumps({"news": NEWS})
    if "decode" in opening:
        text = percent(text)
    text = text.replace("\\", "\\\\").replace(quote, "\\" + quote).replace("/", "\\u002f")
    assert found_all(page_with(f"window.state = {opening}{quote}{text}{quote})"))


@pytest.mark.parametrize(
    "attributes",
    [
        'type="application/json"',
        "type='application/ld+json'",
        "id=state type=application/json;charset=utf-8",
        "",
        "defer",
    ],
)
def test_json_documents_are_read(attributes: str) -> None:
    assert found_all(page_with(json.dumps({"news": NEWS}), attributes))


def test_scripts_that_are_templates_or_in_comments_are_not_read() -> None:
    assert not headlines(page_with(json.dumps(NEWS), 'type="text/x-template"'))
    assert not headlines(b"<body><!-- " + page_of(NEWS) + b" -->")


def test_json_with_entities_instead_of_quotes_is_read() -> None:
    assert found_all(page_with(json.dumps({"news": NEWS}).replace('"', "&quot;"), 'type="application/json"'))


def test_characters_that_no_page_shows_are_dropped() -> None:
    bad = page_of(changed(title=lambda n: f"\ud83d {TITLES[n]}\u001b[31m\u0000 <b>soon</b> &amp;amp; later"))
    assert [h.title for h in headlines(bad)] == [f"? {title} [31m soon & later" for title in TITLES]


def test_broken_scripts_give_nothing() -> None:
    for broken in ('{"news": [', "[" * 5000, '{"a":' * 5000, 'JSON.parse("', json.dumps({"news": NEWS})[:-20] + "\\"):
        assert headlines(page_with(f"/* {' '.join(TIMES)} */ x = {broken}")) == ()


# ---- fields


@pytest.mark.parametrize(
    ("old", "new"),
    [
        *(("title", name) for name in ("headline", "Headline", "h1", "heading", "titulo", "teaser_title", "name")),
        *(("publishedAt", name) for name in ("datePublished", "pubDate", "published_at", "display_date", "timestamp")),
        *(("publishedAt", name) for name in ("firstPublishDate", "created_at", "date", "dateTime", "PUBLISH-TIME")),
        *(("url", name) for name in ("link", "href", "canonicalUrl", "permalink", "path", "uri", "website_url")),
    ],
)
def test_fields_are_named_in_many_ways(old: str, new: str) -> None:
    assert found_all(page_of({"news": renamed(old, new)}))


@pytest.mark.parametrize("name", ["updatedAt", "dateModified", "expires", "unpublishDate", "lastLogin", "birthDate"])
def test_other_times_are_not_times_of_publication(name: str) -> None:
    assert not headlines(page_of({"news": renamed("publishedAt", name)}))


@pytest.mark.parametrize(
    ("written", "is_exact"),
    [
        (lambda moment: int(moment.timestamp()), True),
        (lambda moment: int(moment.timestamp() * 1000), True),
        (lambda moment: str(int(moment.timestamp())), True),
        (lambda moment: moment.timestamp(), True),
        (lambda moment: moment.strftime("%a, %d %b %Y %H:%M:%S GMT"), True),
        (lambda moment: moment.strftime("%Y-%m-%d %H:%M:%S"), True),
        (lambda moment: moment.strftime("%Y%m%dT%H%M%SZ"), True),
        (lambda moment: {"iso": moment.isoformat(), "text": "today"}, True),
        (lambda moment: {"$date": moment.isoformat()}, True),
        (lambda moment: "$D" + moment.isoformat(), True),
        (lambda moment: moment.strftime("%B %d, %Y, %I:%M %p"), False),
        (lambda moment: moment.strftime("%d.%m.%Y %H:%M"), False),
    ],
)
def test_times_are_written_in_many_ways(written: Any, is_exact: bool) -> None:
    news = changed(publishedAt=lambda n: written(datetime.fromisoformat(TIMES[n])))
    found = headlines(page_of({"news": news}))
    assert [h.title for h in found] == list(TITLES)
    assert [h.time and h.time.isoformat()[:16] for h in found] == [time[:16] for time in TIMES]
    assert all((h.precision == "exact") == is_exact for h in found)


def test_times_without_an_offset_are_in_the_zone_of_the_page() -> None:
    news = changed(publishedAt=lambda n: TIMES[n].rstrip("Z"))
    assert times(page_of(news), timezone="Europe/Berlin")[0] == "2024-05-20T17:42:09+02:00"


def test_a_time_in_utc_is_preferred_to_one_without_an_offset() -> None:
    news = [
        {"title": title, "date": f"2024-05-20T2{n}:42:09", "date_gmt": time.rstrip("Z"), "link": f"/{n}"}
        for n, (title, time) in enumerate(zip(TITLES, TIMES, strict=True))
    ]
    assert times(page_of(news), timezone="Asia/Tokyo")[0] == "2024-05-21T02:42:09+09:00"


def test_entries_of_the_future_are_dropped() -> None:
    news = changed(publishedAt=lambda n: "2041-01-01T10:00:00Z" if n == 0 else TIMES[n])
    assert [h.title for h in headlines(page_of(news))] == list(TITLES[1:])


@pytest.mark.parametrize(
    "entries",
    [
        [{"title": {"rendered": e["title"]}, "publishedAt": e["publishedAt"], "url": e["url"]} for e in NEWS],
        [{"headlines": {"basic": e["title"]}, "date": e["publishedAt"], "link": {"href": e["url"]}} for e in NEWS],
        [{"node": e} for e in NEWS],
        [{"type": "card", "id": 5, "attributes": e} for e in NEWS],
        [{"sys": {"createdAt": e["publishedAt"]}, "fields": {"title": e["title"], "url": e["url"]}} for e in NEWS],
        [{"publishedAt": e["publishedAt"], "model": {"headline": e["title"], "url": e["url"]}} for e in NEWS],
        [[{"props": e}] for e in NEWS],
        {f"article-{n}": e for n, e in enumerate(NEWS)},
        {"lead": NEWS[0], "second": NEWS[1], "third": NEWS[2], "fourth": NEWS[3], "count": 4},
    ],
)
def test_entries_have_many_shapes(entries: Any) -> None:
    assert found_all(page_of({"page": {"news": entries}}))


def test_a_slug_gets_the_url_that_the_page_links_to() -> None:
    news = [{"title": t, "published": m, "slug": f"item-{n}"} for n, (t, m) in enumerate(WANTED)]
    links = "".join(f'<a href="/2024/item-{n}.html">More</a>' for n in range(4))
    assert [h.url for h in headlines(page_of(news, links))] == [
        f"https://www.depot.example/2024/item-{n}.html" for n in range(4)
    ]
    assert headlines(page_of(news)) == ()


def test_a_link_to_the_home_page_is_not_an_article_unless_it_has_a_query() -> None:
    assert headlines(page_of(changed(url="/", link=lambda n: f"/?p={n}")))[1].url == "https://www.depot.example/?p=1"
    assert headlines(page_of(changed(url=lambda n: f"https://{n}.example/"))) == ()


def test_links_are_left_out_if_the_url_of_the_page_is_unknown() -> None:
    assert [h.url for h in headlines(page_of({"news": NEWS}), url=None)] == [None] * 4
    whole = changed(url=lambda n: f"https://news.example/{n}")
    assert headlines(page_of(whole), url=None)[0].url == "https://news.example/0"


def test_the_title_around_a_list_is_its_section() -> None:
    page = page_of({"title": "Depot News", "blocks": [{"label": "x", "title": "Latest news", "items": NEWS}]})
    assert {h.section for h in headlines(page)} == {"Latest news"}


# ---- what is refused


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"mostRead": NEWS}, "ordered by popularity"),
        ({"most_viewed": {"items": NEWS}}, "ordered by popularity"),
        ({"box": {"title": "Les plus lus", "items": NEWS}}, "ordered by popularity"),
        ({"box": {"heading": "Самое популярное", "items": NEWS}}, "ordered by popularity"),
        ({"article": {"relatedStories": {"edges": [{"node": e} for e in NEWS]}}}, "related to an article"),
        ({"comments": NEWS}, "fields of comments"),
        ({"thread": changed(inReplyTo=7)}, "fields of comments"),
        ({"items": changed(__typename="Video")}, "videos, audio or images"),
        ({"podcastEpisodes": NEWS}, "videos, audio or images"),
        ({"items": changed(url=lambda n: f"/videos/{n}")}, "videos, audio or images"),
        ({"footerMenu": NEWS}, "parts of pages"),
        ({"items": changed(url=lambda n: f"/authors/{n}")}, "parts of pages"),
        ({"items": changed(audioUrl="/a.mp3")}, "fields of videos or audio"),
        ({"items": changed(price=12.5)}, "fields of products"),
        ({"vacancies": NEWS}, "offers of products, work or homes"),
        ({"items": changed(startDate="2024-06-01T20:00:00Z", venue="Hall")}, "fields of events"),
        ({"items": changed(salary="30000")}, "fields of job offers"),
        ({"items": changed(symbol="DPT")}, "fields of market quotes or weather"),
        ({"items": changed(publishedAt=lambda n: f"201{n}-05-20T12:00:01Z")}, "most entries older than a year"),
        ({"items": changed(publishedAt=lambda n: f"2024-05-1{n}T00:00:00Z")}, "dates without a time of day"),
        ({"items": changed(publishedAt=lambda n: f"2024-07-1{n}T10:12:00Z")}, "times in the future"),
        ({"items": changed(title=lambda n: f"News from {n}")}, "titles too short for headlines"),
        ({"items": changed(title=lambda n: f"Depot Town {n} - 2 Harbour City")}, "sports results"),
    ],
)
def test_other_lists_are_refused(value: Any, reason: str) -> None:
    page = page_of({"data": value})
    assert headlines(page) == ()
    assert headlines(page, data=True) == ()
    assert reasons(page) == [reason]


@pytest.mark.parametrize(
    "entries",
    [
        NEWS[:2],
        changed(url="/local/same"),
        changed(url=lambda n: f"/photos/{n}.jpg"),
        changed(publishedAt="soon"),
        [{"title": e["title"], "url": e["url"]} for e in NEWS],
        [{"title": e["title"], "publishedAt": e["publishedAt"]} for e in NEWS],
        [{"publishedAt": e["publishedAt"], "url": e["url"]} for e in NEWS],
    ],
)
def test_objects_without_title_time_and_link_are_no_list(entries: Any) -> None:
    assert headlines(page_of({"news": entries})) == ()
    assert reasons(page_of({"news": entries})) == []


def test_fields_without_a_value_say_nothing() -> None:
    assert found_all(page_of({"news": changed(price=None, startDate="", replies=0, audioUrl=None)}))


def test_short_lists_of_one_page_are_read_together_with_their_sections() -> None:
    blocks = [{"title": f"Section {n}", "lead": entry} for n, entry in enumerate(NEWS)]
    assert found_all(page_of({"page": {"blocks": blocks}}))
    assert [h.section for h in headlines(page_of({"page": {"blocks": blocks}}))] == [f"Section {n}" for n in range(4)]


def test_lists_within_the_entries_of_a_list_are_refused() -> None:
    more = [[{**e, "title": f"{e['title']} again {n}", "url": f"/more/{n}/{e['url']}"} for e in NEWS] for n in range(4)]
    page = page_of({"news": changed(more=lambda n: more[n])})
    assert found_all(page)
    assert set(reasons(page)[1:]) == {"within the entries of another list"}


# ---- with the lists that a page shows


def test_data_is_not_searched_if_the_page_shows_a_list() -> None:
    other = changed(title=lambda n: f"Another story of the day, number {n}", url=lambda n: f"/other/{n}")
    page = page_of(other, SHOWN)
    assert [h.title for h in headlines(page)] == list(TITLES)
    assert trace_page(page, URL, SEEN).data_lists is None
    assert len(headlines(page, data=True)) == 8


def test_a_headline_that_the_page_also_shows_gets_the_exact_time() -> None:
    page = page_of([*NEWS[:2], {**NEWS[3], "title": "Bells stolen"}], SHOWN)
    found = headlines(page, data=True)
    assert [h.title for h in found] == list(TITLES)
    assert [h.time and h.time.second for h in found] == [9, 30, 0, 44]
    assert [h.precision for h in found] == ["exact", "exact", "minute", "exact"]
    assert [h.time_text for h in found] == [time[11:16] for time in TIMES]
    assert {h.section for h in found} == {"Latest news"}


def test_a_time_that_contradicts_the_page_is_not_used() -> None:
    page = page_of(changed(publishedAt=lambda n: f"2024-05-1{n}T03:33:33Z"), SHOWN)
    assert [h.time and h.time.isoformat()[:16] for h in headlines(page, data=True)] == [time[:16] for time in TIMES]


def test_posts_that_share_a_url_are_different_headlines() -> None:
    posts = [{"headline": t, "datePublished": m, "articleBody": "It was said at noon. " * 6} for t, m in WANTED]
    blog = {"@type": "LiveBlogPosting", "headline": "A long day", "url": URL, "liveBlogUpdate": posts}
    found = headlines(page_with(json.dumps(blog), 'type="application/ld+json"'))
    assert [h.title for h in found] == list(TITLES)
    assert {h.url for h in found} == {None}


def test_one_list_in_several_places_is_read_once() -> None:
    assert found_all(page_of({"a": NEWS, "b": list(NEWS)}))


def test_an_article_stays_an_article() -> None:
    text = "".join(
        f"<p>The depot was built in 190{n}, and the trams of the town have slept in it since.</p>" for n in range(5)
    )
    page = parse_page(page_of(NEWS, f"<article><h1>The old depot</h1>{text}</article>"), URL, SEEN)
    assert page.article and page.article.title == "The old depot"
    assert len(page.article.paragraphs) == 5
    assert len(page.headlines) == 4


# ---- explanation


def test_explanation_says_where_lists_are_and_why_they_are_refused() -> None:
    page = page_with(
        "window.state = " + json.dumps({"blocks": [{"items": NEWS}], "popular": changed(url=lambda n: f"/p/{n}")})
    )
    lines = list(explain(trace_page(page, URL, SEEN)))
    assert "lists in the data of scripts: 2" in lines
    assert "  4 x window.state blocks.*.items.*: headlines" in lines
    assert "  4 x window.state popular.*: rejected: ordered by popularity" in lines
    assert "       -20.0  ordered by popularity" in lines
    assert any(line.endswith(f"(exact)  {TITLES[0]}") for line in lines)
