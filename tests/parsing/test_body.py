"""Tests of article bodies, on pages written for them; the expected text is in the file beside each page."""
# ruff: noqa: E501 - pages and sentences are not broken into lines

from datetime import UTC, datetime
from pathlib import Path

import pytest

import ticker
from ticker.parsing.article.body import Body, search_body
from ticker.parsing.metadata.merge import Metadata, read_declared, read_metadata
from ticker.parsing.outline import Outline, build_outline, parse_tree

FIXTURES = Path(__file__).parent.parent / "fixtures"
ARTICLES = sorted((FIXTURES / "articles").glob("*.html"))
NO_ARTICLES = sorted((FIXTURES / "no_article").glob("*.html"))


def read(html: str | bytes) -> tuple[Outline, Metadata]:
    outline = build_outline(parse_tree(html.encode() if isinstance(html, str) else html))
    return outline, read_metadata(outline, read_declared(outline, None), None)


def body_of(html: str | bytes) -> Body | None:
    return search_body(*read(html)).body


def paragraphs_of(html: str) -> list[str]:
    body = body_of(html)
    return list(body.paragraphs) if body else []


# Pages parsed wrong, with the reason; docs/parsing.md explains the kinds. A page parsed right fails its test.
KNOWN_WRONG = {
    "cs_tabulka": "a poll in the stream of paragraphs, without a form",
    "de_kapitel_sections": "a byline, a caption and a subscription box in sections like those of the text",
    "en_builder_bare_text": "an advertiser's box that looks like a text of two lines",
    "en_div_soup_no_p": "lines that only a style sets apart",
    "en_promos_in_stream": "promotions set as the last paragraphs, one after the other",
    "es_next_article": "a next article whose headline is set otherwise than the first",
    "fr_elementor": "a byline in a list beside the text",
    "ko_next": "a standfirst in bold without a full stop, in the container",
    "nl_navigatie_lang": "a menu and a footer named in Dutch, longer than the news",
    "ru_portal_promo": "an invitation to report misprints",
    "ru_table2003": "a layout in tables, whose headline is no heading",
    "th_cards": "a last sentence too short to be told from a label, in a script without full stops",
    "tr_agency": "an agency's notice on subscriptions as the last paragraph",
}
NO_ARTICLES_KNOWN_WRONG = {"pl_galerie": "captions of a gallery index"}


def known(path: Path, wrong: dict[str, str]) -> object:
    reason = wrong.get(path.stem)
    return pytest.param(path, id=path.stem, marks=[pytest.mark.xfail(reason=reason, strict=True)] if reason else [])


@pytest.mark.parametrize("page", [known(path, KNOWN_WRONG) for path in ARTICLES])
def test_article(page: Path) -> None:
    body = body_of(page.read_bytes())
    assert body is not None
    assert list(body.paragraphs) == page.with_suffix(".txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("page", [known(path, NO_ARTICLES_KNOWN_WRONG) for path in NO_ARTICLES])
def test_page_without_an_article_has_none(page: Path) -> None:
    seen = datetime(2026, 3, 4, 8, tzinfo=UTC)
    assert ticker.parse_page(page.read_bytes(), "https://news.example/some/page", seen).article is None


FIRST = "The council met on Monday to decide about the bridge, and after nine hours it had decided to meet again."
SECOND = "Nobody was surprised by this, except for the engineer, who had brought drawings and a lunch for one day."
THIRD = "The next meeting is to be held on the bridge itself, so that everyone can see what it is about, weather permitting."


def page(inner: str, head: str = "") -> str:
    return (
        f"<html><head>{head}</head><body><nav><a href=/>Home</a></nav><main><h1>Bridge</h1>{inner}</main></body></html>"
    )


def article(*inner: str) -> str:
    return page("<div class=text>" + "".join(inner) + "</div>")


def p(text: str) -> str:
    return f"<p>{text}</p>"


@pytest.mark.parametrize(
    "box",
    [
        "<div class=promo><h3>More on bridges</h3><a href=/1>The bridge that was not there</a></div>",
        "<ul><li><a href=/1>The bridge that was not there</a><li><a href=/2>A toll too far</a></ul>",
        "<p><strong>Read more:</strong> <a href=/1>The bridge that was not there</a></p>",
        "<p><a href=/1>The bridge that was not there: how a town lost its drawings and its temper</a></p>",
        "<figure><img src=a><figcaption>The bridge, seen from the side on which nobody lives any more, in May.</figcaption></figure>",
        "<div class=x><h4>The week in bridges</h4><p>Every Friday, in your inbox: all that happened on, under and beside bridges.</p><button>Sign up</button></div>",
        "<p>Photo: Lena Moss</p>",
        "<p>Advertisement</p>",
        "<div hidden><p>This sentence is not shown to anybody, since it is part of a dialog that has not been opened yet.</p></div>",
        "<aside><p>The bridge was built in 1931 by a company that built nothing else, before or after, and has no successor.</p></aside>",
        "<form><label>Search</label><input></form>",
        "<script>var a = 'The council met on Monday to decide about the bridge';</script>",
        "<div class='share-bar'><span>Share this with people who like bridges, or who ought to like bridges</span></div>",
    ],
)
def test_what_stands_among_paragraphs_and_is_none(box: str) -> None:
    assert paragraphs_of(article(p(FIRST), box, p(SECOND), p(THIRD))) == [FIRST, SECOND, THIRD]


LETTERS = [
    "I have crossed that bridge for forty years and never waited longer than a cup of coffee takes to drink.",
    "That is easy to say for those who live beside it. The rest of us have a mile to walk, and no lamp on the way.",
    "Could anybody explain what it costs? I have read three articles, and each of them had a figure of its own.",
]


@pytest.mark.parametrize(
    "beside",
    [
        "<aside><h2>Support us</h2>" + "".join(map(p, LETTERS)) + "</aside>",
        "<section><h2>Have your say</h2>"
        + "".join(
            f"<div class=say><b>Ann</b> <i>2025-03-04 16:5{at}</i>{p(text)}<a href=#a{at}>Answer</a></div>"
            for at, text in enumerate(LETTERS)
        )
        + "</section>",
    ],
    ids=["sidebar", "posts"],
)
def test_more_text_outside_the_articles_element_than_in_it(beside: str) -> None:
    html = f"<body><main><article><h1>Bridge</h1><div>{p(FIRST)}{p(SECOND)}</div></article>{beside}</main></body>"
    assert paragraphs_of(html) == [FIRST, SECOND]


def test_times_above_entries_are_no_paragraphs() -> None:
    entries = [
        f"<div class=entry><span>{clock}</span>{p(text)}</div>"
        for clock, text in (("17.42", FIRST), ("2.10 pm", SECOND), ("4 March 2025, 12:05", THIRD))
    ]
    assert paragraphs_of(article(*entries)) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    ("box", "lines"),
    [
        ("<h2>Nine hours</h2>", ["Nine hours"]),
        ("<h2>By the river</h2>", ["By the river"]),
        ("<div><h2>Nine hours</h2></div>", ["Nine hours"]),
        ("<p><strong>Nine hours</strong></p>", ["Nine hours"]),
        ("<blockquote>“I have had lunch twice.”</blockquote>", ["“I have had lunch twice.”"]),
        ("<ol><li>open the meeting<li>close the meeting</ol>", ["open the meeting", "close the meeting"]),
        ("<p>“No.”</p>", ["“No.”"]),
        ("<p>One line<br>and another one below it.</p>", ["One line", "and another one below it."]),
        (f"<div>{p('The drawings, which nobody looked at, show a bridge with one arch more than the river can hold.')}</div>",
         ["The drawings, which nobody looked at, show a bridge with one arch more than the river can hold."]),
        ("<p>See <a href=/1>the minutes</a>, which run to a page for each hour, and <a href=/2>a drawing</a>.</p>",
         ["See the minutes, which run to a page for each hour, and a drawing."]),
        ("<table><tr><td>Arches<td>4</tr></table>", ["Arches | 4"]),
    ],
)  # fmt: skip
def test_what_stands_among_paragraphs_and_belongs_to_them(box: str, lines: list[str]) -> None:
    assert paragraphs_of(article(p(FIRST), box, p(SECOND), p(THIRD))) == [FIRST, *lines, SECOND, THIRD]


def test_text_may_stand_in_wrappers_of_its_own() -> None:
    html = page("".join(f"<div class=row><div class=col>{p(text)}</div></div>" for text in (FIRST, SECOND, THIRD)))
    assert paragraphs_of(html) == [FIRST, SECOND, THIRD]


def test_a_heading_whose_box_was_left_out_heads_nothing() -> None:
    html = article(p(FIRST), p(SECOND), p(THIRD), "<h2>More news</h2>", "<ul><li><a href=/1>A toll too far</a></ul>")
    assert paragraphs_of(html) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "end", ["© The Courier", "Ann Moss, Lowtown", "Follow us wherever you are.", "Copyright 2025."]
)
def test_what_stands_below_the_end(end: str) -> None:
    assert paragraphs_of(article(p(FIRST), p(SECOND), p(THIRD), p(end))) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "end",
    ["Les Bleus joueront samedi.", "Mehr als hundert kamen.", "You can see it from here.", "Sources close to it say no.", "Meer weten ze niet.",
     "The Post reported it first.", "“No,” said Ann Moss.", "관련해 경찰은 수사를 시작했다."],
)  # fmt: skip
def test_the_last_sentence_stays(end: str) -> None:
    assert paragraphs_of(article(p(FIRST), p(SECOND), p(THIRD), p(end))) == [FIRST, SECOND, THIRD, end]


def test_a_class_on_the_whole_page_makes_no_noise() -> None:
    html = article(p(FIRST), p(SECOND), p(THIRD)).replace(
        "<main>", "<main class='with-sidebar newsletter comments-closed'>"
    )
    assert paragraphs_of(html) == [FIRST, SECOND, THIRD]


def test_paragraphs_of_one_short_sentence() -> None:
    short = [
        f"The council met for the {count} time and went home again." for count in ("first", "second", "third", "last")
    ]
    assert paragraphs_of(article(*map(p, short))) == short
    japanese = [
        "市議会は五日、橋の閉鎖を決めた。",
        "期間は八か月になる見通しだ。",
        "住民からは不満の声が上がっている。",
        "市長は七日に説明会を開く予定だという。",
        "参加は自由で、予約はいらない。",
    ]
    assert paragraphs_of(article(*map(p, japanese))) == japanese


def test_a_page_that_scripts_show_once_it_is_loaded() -> None:
    html = article(p(FIRST), p(SECOND), p(THIRD)).replace("<body>", "<body style='display:none'>")
    assert paragraphs_of(html) == [FIRST, SECOND, THIRD]


def test_text_behind_read_on() -> None:
    html = article(p(FIRST), f"<div class=paywall hidden>{p(SECOND)}<h3>Later</h3>{p(THIRD)}</div>")
    assert paragraphs_of(html) == [FIRST, SECOND, "Later", THIRD]


def test_taken_nodes_are_no_part_of_it() -> None:
    head = "<meta property=og:type content=article>"
    outline, metadata = read(page(p(FIRST) + f"<div id=list>{p(SECOND)}</div>" + p(THIRD), head))
    taken = [node for node in outline.nodes if node.get("id") == "list"]
    body = search_body(outline, metadata, [taken]).body
    assert body is not None
    assert list(body.paragraphs) == [FIRST, THIRD]


def test_json_ld_is_not_taken_where_the_page_says_as_much() -> None:
    data = f'<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{FIRST} {SECOND}"}}</script>'
    html = page(f"<div>{p(FIRST)}<h2>Nine hours</h2>{p(SECOND)}{p(THIRD)}</div>", data)
    body = body_of(html)
    assert body is not None
    assert body.node is not None
    assert list(body.paragraphs) == [FIRST, "Nine hours", SECOND, THIRD]


def test_search_says_why() -> None:
    found = search_body(*read(article(p(FIRST), p(SECOND), p(THIRD))))
    assert found.body is not None
    assert found.candidates[0].node is found.body.node
    assert found.candidates[0].weight >= found.candidates[-1].weight
    nothing = search_body(*read(page("<p>Nothing yet.</p>")))
    assert nothing.body is None
    assert "letters" in nothing.reason


@pytest.mark.parametrize("html", [b"", b"<", b"plain text", b"<html>", b"<p>" * 5000, b"<div>" * 3000 + b"deep"])
def test_any_input_is_read(html: bytes) -> None:
    body_of(html)


def test_a_page_of_nothing_but_related_stories_gives_no_body() -> None:
    link = f"<a href=/a>{SECOND[:60]}</a>"
    stories = "".join(p(f"{text[:90]} {link}") for text in (FIRST, SECOND, THIRD))
    assert body_of(f"<html><body><div><h2>Related stories</h2>{stories}</div></body></html>") is None


@pytest.mark.parametrize("label", ["Anzeige", "Реклама", "広告", "La suite après cette publicité", "Haberin Devamı"])
def test_what_announces_an_advert_is_no_paragraph(label: str) -> None:
    assert paragraphs_of(article(p(FIRST), p(label), p(SECOND), p(THIRD))) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize("byline", ["Von Jana Roth", "Par Jana Roth", "Por Jana Roth", "Jana Roth, dpa"])
def test_a_byline_in_any_language_is_no_paragraph(byline: str) -> None:
    html = page(p(byline) + p(FIRST) + p(SECOND) + p(THIRD), "<meta name=author content='Jana Roth'>")
    assert paragraphs_of(html) == [FIRST, SECOND, THIRD]


def test_key_points_below_the_headline_belong_to_it() -> None:
    points = ["Eleven weeks of closure for the pier", "Four pillars have cracks in them"]
    inner = "<ul>" + "".join(f"<li>{point}</li>" for point in points) + "</ul>"
    text = f"<div class=entry-content>{p(FIRST)}{p(SECOND)}{p(THIRD)}</div>"
    assert paragraphs_of(f"<html><body><main><article><h1>Bridge</h1>{inner}{text}</article></main></body></html>") == [
        *points, FIRST, SECOND, THIRD,
    ]  # fmt: skip


def test_a_caption_below_a_picture_in_one_paragraph_is_none() -> None:
    caption = "<p><img src=/1.jpg><br><em>The bridge on Monday, seen from the north.</em></p>"
    assert paragraphs_of(article(p(FIRST), caption, p(SECOND), p(THIRD))) == [FIRST, SECOND, THIRD]
