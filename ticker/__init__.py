"""A scraper and archiver of news tickers.

>>> import ticker
>>> page = ticker.parse_page("<h1>...</h1>", url="https://news.example/a")   # doctest: +SKIP
>>> page.article, page.headlines                                             # doctest: +SKIP

Each public name is imported on first use, to keep ``import ticker`` fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ticker.errors import TickerError as TickerError
    from ticker.models import Article as Article
    from ticker.models import Headline as Headline
    from ticker.models import Page as Page
    from ticker.parsing import parse_page as parse_page

__version__ = "0.2.0"

_EXPORTS = {
    "Article": "ticker.models",
    "Headline": "ticker.models",
    "Page": "ticker.models",
    "TickerError": "ticker.errors",
    "parse_page": "ticker.parsing",
}
__all__ = ["__version__", *_EXPORTS]


def __getattr__(name: str) -> Any:
    if name not in _EXPORTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_EXPORTS[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
