"""The fetcher: redirects, robots.txt, conditional requests, and which responses are pages."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar
from types import TracebackType

from ticker.errors import AddressError, FetchError, HttpError
from ticker.fetching import content_type as kinds
from ticker.fetching.address_policy import Resolver
from ticker.fetching.client import Budget, PoliteClient
from ticker.fetching.credentials import SourceCredentials, merge_cookies, resolve, resolve_value, with_netrc_login
from ticker.fetching.fetched import Fetched
from ticker.fetching.refresh import Refresh, find_refresh, parse_refresh
from ticker.fetching.request_url import RequestUrl
from ticker.fetching.retry import status_line
from ticker.fetching.robots import Robots
from ticker.fetching.transport import Response
from ticker.fetching.validators import Validators, ValidatorStore
from ticker.settings.model import FetchSettings, RequestOptions
from ticker.urls import without_credentials

log = logging.getLogger("ticker")

# Browsers follow 20; real sites need fewer than 10.
_MAX_REDIRECTS = 10
_PAGES = frozenset((200, 203))
_PERMANENT = frozenset((301, 308))
# Advice for the statuses with which servers reject programs.
_ADVICE = {
    403: "; try user_agent, headers or cookies in its [[source]]",
    429: "; try an interval in its [[source]] or a longer pause",
}
# Seconds; a page with a later refresh is meant to be read.
_MAX_REFRESH_DELAY = 5
_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.8,*/*;q=0.1",
    # No preference: a multilingual site sends its default language.
    "Accept-Language": "*",
}


def _printable(text: str) -> str:
    """Return ``text`` with unprintable characters replaced; it may contain headers of a server."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)


def _now() -> datetime:
    return datetime.now(UTC)


class Fetcher:
    """A thread-safe fetcher of pages and context manager.

    ``validators`` stores ETags between runs, or is None; it is closed with the fetcher. ``clock`` returns the time as
    an aware datetime. ``sleep`` waits a number of seconds, for pauses and retries only. ``destinations`` resolves hosts
    and applies the address policy. ``environ`` has the values of user agents, headers and cookies given as "env:NAME",
    and the path of ``.netrc``.
    """

    def __init__(
        self,
        settings: FetchSettings,
        validators: ValidatorStore | None = None,
        *,
        clock: Callable[[], datetime] = _now,
        sleep: Callable[[float], object] = time.sleep,
        destinations: Resolver | None = None,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        self._settings = settings
        self._validators = validators
        self._clock = clock
        self._environ = environ
        self._client = PoliteClient(settings, clock, sleep, destinations or Resolver())
        self._robots = Robots(self._client, settings)

    def fetch(
        self,
        url: str,
        allow_private: bool = False,
        options: RequestOptions = RequestOptions(),  # noqa: B008 (it is frozen)
    ) -> Fetched:
        """Fetch the page at ``url``, an absolute http or https URL, with the request ``options``.

        Redirects to private addresses are followed only if ``url`` itself has a private host (``policy_for``), or if
        ``allow_private`` or the settings allow it.

        Raises a FetchError with a message of one line, which has the URL and the cause: AddressError,
        ConnectionFailed, HttpError, NotAPage, TooLarge or RobotsDenied.
        """
        asked, url = url, without_credentials(url)  # for messages and stored data
        chain, extras = _RedirectChain(url or "''"), SourceCredentials()
        try:
            if options.netrc:
                asked = with_netrc_login(asked, self._environ)
            extras = resolve(options, self._environ)
            chain.start(asked, allow_private or self._settings.allow_private, extras)
            request = self._request_for(url, options)
            budget = Budget(self._settings)
            while True:
                result = self._step(request, chain, budget)
                if isinstance(result, Fetched):
                    return replace(result, moved_to=chain.moved_to)
                chain.follow(result)
        except FetchError as error:
            advice = _ADVICE.get(error.status, "") if isinstance(error, HttpError) else ""
            message = extras.redact(f"{chain}: {error}{advice}")
            error.args = (_printable(message),)  # adds the URL to the messages of all errors
            raise

    def remember(self, fetched: Fetched, days: Iterable[str] = ()) -> None:
        """Store the validators of a page for conditional requests.

        Call this after the page's records are on disk, because an unchanged page is not parsed again.
        ``days`` are those of the records, as in ``ValidatorStore.put``.
        """
        if self._validators:
            self._validators.put(fetched, days)

    def close(self) -> None:
        """Close all connections and the validator store."""
        self._client.close()
        if self._validators:
            self._validators.close()

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _request_for(self, url: str, options: RequestOptions) -> _Request:
        """Return the request for ``url``, conditional if fresh validators are stored and caching is not disabled."""
        user_agent = resolve_value("user_agent", options.user_agent or self._settings.user_agent, self._environ)
        known = self._validators.get(url) if self._validators else None
        age = (self._clock() - known.whole_at).total_seconds() if known else 0.0
        is_stale = known is not None and not 0 <= age < self._settings.max_unchanged  # negative: a clock was wrong
        if is_stale or options.ignore_cache or self._settings.ignore_cache:
            return _Request(url, user_agent, is_whole=True)
        return _Request(url, user_agent, known)

    def _step(self, request: _Request, chain: _RedirectChain, budget: Budget) -> Fetched | _Redirect:
        """Send the request for the current URL, with retries; return the page or a redirect."""
        current = chain.current
        pause = self._robots.pause_for(current, budget, request.user_agent)
        if chain.passed and chain.passed[-1].host == current.host:
            pause = self._settings.pause  # a redirect within one page; Crawl-delay is the time between pages
        known = request.known if request.known and request.known.final_url == current.shown else None
        extras = chain.extras
        own = {name.lower() for name in extras.headers}
        headers = {name: value for name, value in _HEADERS.items() if name.lower() not in own}
        headers.update(extras.headers)
        headers["User-Agent"] = request.user_agent
        if request.is_whole:
            headers["Cache-Control"] = "no-cache"  # also bypasses shared caches
        if known and known.etag:
            headers["If-None-Match"] = known.etag
        if known and known.last_modified:
            headers["If-Modified-Since"] = known.last_modified

        def read(answer: Response) -> Fetched | _Redirect:
            location = answer.location
            is_page = answer.status in _PAGES
            if is_page and answer.refresh:
                location = _refresh_target(current, parse_refresh(answer.refresh))
            if location:
                return _Redirect(answer.status, location, answer.cookies)
            page = self._page(request.url, current, answer, known)
            if is_page and page.content_type != "text/plain":
                location = _refresh_target(current, find_refresh(page.body, page.charset))
            return _Redirect(answer.status, location, answer.cookies) if location else page

        cookies = merge_cookies(extras.cookies, chain.cookies)
        return self._client.ask(current, headers, budget, read, pause=pause, cookies=cookies)

    def _page(self, url: str, current: RequestUrl, answer: Response, known: Validators | None) -> Fetched:
        """Return the page in ``answer``, or a ``not_modified`` one if it is a 304 for ``known``."""
        fetched_at = self._clock()
        content_type = answer.headers.get("Content-Type")
        unchanged = answer.status == 304 and known is not None
        if unchanged:
            body = answer.read(0, cut=True)
        elif answer.status in _PAGES:
            kinds.refuse_by_type(content_type)
            body = answer.read(self._settings.max_bytes)
        else:
            raise HttpError(status_line(answer.status), f"HTTP {answer.status}", answer.status)
        return Fetched(
            url=url,
            final_url=current.shown,
            status=answer.status,
            body=body,
            charset=kinds.charset(content_type),
            content_type=kinds.media_type(content_type) if unchanged else kinds.kind_of(content_type, body),
            fetched_at=fetched_at,
            not_modified=unchanged,
            etag=answer.headers.get("ETag") or (known.etag if known and unchanged else None),
            last_modified=answer.headers.get("Last-Modified") or (known.last_modified if known and unchanged else None),
            served_at=_served_at(answer.headers.get("Date"), answer.headers.get("Age")),
        )


def _refresh_target(current: RequestUrl, refresh: Refresh | None) -> str | None:
    """Return the URL of a refresh that is followed like a redirect, else None."""
    if refresh is None:
        return None
    try:
        following = current.redirected(refresh.address)
    except AddressError as error:
        log.info("%s: refresh not followed: %s", current.shown, error)
        return None
    if following.address == current.address:
        log.info("%s: refresh of the same page after %d s not followed", current.shown, refresh.delay)
        return None
    if refresh.delay > _MAX_REFRESH_DELAY:
        log.info("%s: refresh to %s after %d s not followed", current.shown, following.shown, refresh.delay)
        return None
    return following.address


def _served_at(date: str | None, age: str | None) -> datetime | None:
    """Return when a response was sent, by the server's clock: Date plus Age in seconds (RFC 9110, 9111)."""
    try:
        moment = parsedate_to_datetime(date or "")
        seconds = int(age) if age and len(age) < 10 and age.isdecimal() else 0
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) + timedelta(seconds=seconds)
    except (ValueError, OverflowError):
        return None


@dataclass(frozen=True, slots=True)
class _Request:
    """The request of a fetch: conditional if ``known``; ``is_whole`` bypasses caches."""

    url: str
    user_agent: str
    known: Validators | None = None
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class _Redirect:
    status: int
    location: str
    cookies: CookieJar


class _RedirectChain:
    """The redirect chain of one fetch; ``str`` gives its URL for messages.

    Cookies set by redirects are sent to the later URLs they apply to, because consent pages set a cookie and redirect
    back.
    """

    def __init__(self, name: str) -> None:
        self.passed: list[RequestUrl] = []
        self.cookies: CookieJar | None = None
        self.extras = SourceCredentials()
        self.moved_to: str | None = None
        self._name = name
        self._since_cookie = 0

    def start(self, url: str, allow_private: bool, extras: SourceCredentials) -> None:
        """Set ``current`` to the first URL; raises AddressError. ``extras`` are sent to its origin only."""
        self.current = RequestUrl.of(url, allow_private)
        self.extras = extras
        self._name = self.current.shown

    def follow(self, redirect: _Redirect) -> None:
        """Set ``current`` to that of a redirect; raises FetchError for a loop, too many redirects or an invalid URL."""
        following = self.current.redirected(redirect.location)
        log.debug("%s: redirected to %s", self.current.shown, following.shown)
        self.passed.append(self.current)
        if len(redirect.cookies):
            self.cookies = self.cookies or CookieJar()
            for cookie in redirect.cookies:
                self.cookies.set_cookie(cookie)
            self._since_cookie = len(self.passed)
        # After a new cookie, a visited URL may respond differently. Without one, it is a loop.
        if following in self.passed[self._since_cookie :]:
            raise HttpError(f"redirect loop: already fetched {following.shown}", "redirect loop", redirect.status)
        if len(self.passed) > _MAX_REDIRECTS:
            raise HttpError(f"redirected more than {_MAX_REDIRECTS} times", "too many redirects", redirect.status)
        is_moved = len(self.passed) == 1 or self.moved_to == self.current.shown  # all redirects before were permanent
        if redirect.status in _PERMANENT and is_moved:
            self.moved_to = following.shown
        if following.origin != self.current.origin:
            self.extras = SourceCredentials()
        self.current = following

    def __str__(self) -> str:
        shown = self.current.shown if self.passed else self._name
        return f"{self._name} (redirected to {shown})" if shown != self._name else self._name
