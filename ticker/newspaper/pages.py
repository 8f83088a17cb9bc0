"""The newspaper's HTML pages, like real ones: navigation, article, related links, ticker, footer."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from html import escape

from ticker.newspaper.stories import ARTICLE_PATH, AUTHOR, DESCRIPTION, NAME, TITLE, Edition, Story

# The article's date in minutes from midnight, the same as its entry in the ticker.
_PUBLISHED = -125
_RELATED = {
    "/articles/how-a-landing-stage-is-built/47102": "How a landing stage is built in forty days",
    "/articles/the-boat-that-waited/46950": "The boat that waited: six weeks on call",
    "/articles/saint-orrin-in-pictures/46011": "Saint Orrin in pictures",
}
_SECTIONS = ("Harbour", "Islands", "Region", "Business", "Sport", "Letters")


def article_page(edition: Edition, midnight: datetime, url: str) -> str:
    """Return the article page at ``url``, with the ticker beside it.

    Minutes are counted from ``midnight`` (aware).
    """
    published = midnight + timedelta(minutes=_PUBLISHED)
    modified = midnight + timedelta(minutes=edition.minute)
    about = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": TITLE,
        "datePublished": published.isoformat(),
        "dateModified": modified.isoformat(),
        "author": {"@type": "Person", "name": AUTHOR},
        "publisher": {"@type": "Organization", "name": NAME},
    }
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{escape(TITLE)} | {NAME}</title>
<meta name="description" content="{escape(DESCRIPTION)}">
<link rel="canonical" href="{url}">
<meta property="og:type" content="article">
<meta property="og:title" content="{escape(TITLE)}">
<meta property="og:site_name" content="{NAME}">
<script type="application/ld+json">{json.dumps(about, ensure_ascii=False)}</script>
</head>
<body>
<header>
<a class="logo" href="/">{NAME}</a>
<nav><ul>{"".join(f'<li><a href="/{name.lower()}">{name}</a></li>' for name in _SECTIONS)}</ul></nav>
</header>
<main>
<article>
<h1>{escape(TITLE)}</h1>
<p class="byline">By <a rel="author" href="/authors/mira-tallow">{AUTHOR}</a>
<time datetime="{published.isoformat()}">{published:%d %B %Y, %H:%M}</time></p>
<div class="article-text">
{chr(10).join(f"<p>{escape(paragraph)}</p>" for paragraph in edition.paragraphs)}
</div>
<section class="related"><h3>Read also</h3>
<ul>{"".join(f'<li><a href="{path}">{escape(title)}</a></li>' for path, title in _RELATED.items())}</ul>
</section>
</article>
<aside>
<h2>Latest News</h2>
<ul class="latest">
{chr(10).join(_entry(story, midnight) for story in edition.stories)}
</ul>
</aside>
</main>
<footer>
<p>{NAME}, Quay Street 4, Port Elsham</p>
<p><a href="/contact">Contact</a> <a href="/privacy">Privacy</a></p></footer>
<script>document.documentElement.className += " js";</script>
</body>
</html>
"""


def _entry(story: Story, midnight: datetime) -> str:
    moment = midnight + timedelta(minutes=story.minute)
    return f'<li><time>{moment:%H:%M}</time> <a href="{address(story)}">{escape(story.title)}</a></li>'


def address(story: Story) -> str:
    """Return the path of a story's page, which a corrected title does not change."""
    if ARTICLE_PATH.endswith(str(story.number)):
        return ARTICLE_PATH
    words = re.findall(r"[a-z]+", story.title.replace("é", "e").lower())[:5]
    return f"/articles/{'-'.join(words)}/{story.number}"
