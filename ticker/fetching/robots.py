"""Rules of robots.txt (RFC 9309), fetched once for each origin and run, and parsed by Protego."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

from protego import Protego

from ticker.errors import AddressError, ConnectionFailed, FetchError, HttpError, RobotsDenied
from ticker.fetching.address_policy import AddressPolicy
from ticker.fetching.client import Budget, PoliteClient
from ticker.fetching.request_url import RequestUrl
from ticker.fetching.retry import status_line
from ticker.fetching.transport import Response
from ticker.settings.model import FetchSettings

# The minimum of redirects to follow and of bytes to parse (RFC 9309, 2.3.1.2 and 2.5).
_REDIRECTS = 5
_MAX_BYTES = 500 * 1024
_HEADERS: Mapping[str, str] = {"Accept": "text/plain,*/*;q=0.5"}
_ADVICE = "use --ignore-robots to fetch it anyway"

_PRODUCT = re.compile(r"[A-Za-z_-]+")
_AGENT_LINE = re.compile(r"\s*user[- ]?agent\s*:\s*([^#]*)", re.IGNORECASE)


def product_token(user_agent: str) -> str:
    """Return the product token of a user agent: "ticker" for "ticker/1.0 (...)" (RFC 9309, 2.2.1)."""
    found = _PRODUCT.match(user_agent)
    return found[0].lower() if found else "*"


class Rules:
    """The rules of a robots.txt for the product token ``token``."""

    def __init__(self, text: str, token: str) -> None:
        self._token = token
        # Protego matches a group "tick" to "ticker", but not "ticker/1.0". RFC 9309 requires the whole product token.
        self._rules = Protego.parse("\n".join(_named(line, token) for line in text.splitlines()))

    def allow(self, address: str) -> bool:
        """Return whether ``address`` may be fetched."""
        return self._rules.can_fetch(address, self._token)

    @property
    def crawl_delay(self) -> float:
        """Return the Crawl-delay in seconds, or 0."""
        return self._rules.crawl_delay(self._token) or 0.0


def _named(line: str, token: str) -> str:
    found = _AGENT_LINE.match(line)
    if not found:
        return line
    product = _PRODUCT.match(found[1])
    if product and product[0].lower() == token:
        return f"User-agent: {token}"
    return "User-agent: *" if found[1].strip() == "*" else "User-agent: /"  # matches no product token


@dataclass(slots=True)
class _Origin:
    """The rules of an origin, or the error that prevented fetching them."""

    lock: Lock
    rules: Rules | FetchError | None = None


class Robots:
    """A thread-safe cache of robots.txt rules by origin."""

    def __init__(self, client: PoliteClient, settings: FetchSettings) -> None:
        self._client = client
        self._settings = settings
        self._origins: dict[tuple[str, AddressPolicy, str], _Origin] = {}
        self._guard = Lock()

    def pause_for(self, url: RequestUrl, budget: Budget, user_agent: str) -> float:
        """Return the pause in seconds between pages of the host of ``url``, if ``url`` may be fetched.

        Uses the rules for ``user_agent``. If robots.txt has to be fetched, its time is taken from ``budget``.

        Raises RobotsDenied if ``url`` may not be fetched, and ConnectionFailed if its robots.txt is unreachable.
        """
        if self._settings.ignore_robots:
            return self._settings.pause
        rules = self._rules(url, budget, user_agent)
        if isinstance(rules, ConnectionFailed):
            raise ConnectionFailed(f"{rules}, when fetching robots.txt", rules.cause)
        if isinstance(rules, FetchError):
            denied = RobotsDenied(f"robots.txt cannot be read: {rules}; {_ADVICE}", "robots")
            denied.wait = rules.wait
            raise denied
        if not rules.allow(url.shown):
            raise RobotsDenied(f"robots.txt of the site disallows this URL; {_ADVICE}", "robots")
        return max(self._settings.pause, rules.crawl_delay)

    def _rules(self, url: RequestUrl, budget: Budget, user_agent: str) -> Rules | FetchError:
        with self._guard:
            # Keyed by policy too: an address refused for one policy may be allowed for another.
            origin = self._origins.setdefault((url.origin, url.address_policy, user_agent), _Origin(Lock()))
        with origin.lock:
            if origin.rules is None:
                had = budget.left
                try:
                    origin.rules = self._load(url.robots, budget, user_agent)
                except FetchError as error:
                    if error.cause == "deadline" and had < budget.whole / 2:
                        return error  # not cached: earlier requests used most of the time, so another page may succeed
                    origin.rules = error
            return origin.rules

    def _load(self, url: RequestUrl, budget: Budget, user_agent: str) -> Rules:
        token, headers = product_token(user_agent), {**_HEADERS, "User-Agent": user_agent}
        for _ in range(_REDIRECTS + 1):
            try:
                found = self._client.ask(url, headers, budget, self._read, pause=None)
                if isinstance(found, str):
                    return Rules(found, token)
                url = url.redirected(found.location)
            except AddressError:
                break
            except HttpError as error:
                # 429 does not mean that robots.txt is missing; the server is too busy.
                if error.status >= 500 or error.status == 429:
                    raise
                break
        # Client error, invalid redirect or too many redirects: "unavailable", all is allowed (RFC 9309, 2.3.1.3).
        return Rules("", token)

    @staticmethod
    def _read(answer: Response) -> str | _Moved:
        if answer.location:
            return _Moved(answer.location)
        if not 200 <= answer.status < 300:
            raise HttpError(status_line(answer.status), f"HTTP {answer.status}", answer.status)
        return answer.read(_MAX_BYTES, cut=True).decode("utf-8-sig", "replace")


@dataclass(frozen=True, slots=True)
class _Moved:
    location: str
