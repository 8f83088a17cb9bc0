"""robots.txt: read once for each origin and run, and obeyed (RFC 9309, with Protego as its parser)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

from protego import Protego

from ticker.errors import AddressError, ConnectionFailed, FetchError, HttpError, RobotsDenied
from ticker.fetching.client import Budget, PoliteClient
from ticker.fetching.destinations import Reach
from ticker.fetching.retry import status_line
from ticker.fetching.target import Target
from ticker.fetching.transport import Answer
from ticker.settings.model import FetchSettings

# RFC 9309, 2.3.1.2 and 2.5: redirects that are followed, and bytes that are read, at the least.
_REDIRECTS = 5
_MAX_BYTES = 500 * 1024
_HEADERS: Mapping[str, str] = {"Accept": "text/plain,*/*;q=0.5"}
_ADVICE = "--ignore-robots fetches it all the same"

_PRODUCT = re.compile(r"[A-Za-z_-]+")
_AGENT_LINE = re.compile(r"\s*user[- ]?agent\s*:\s*([^#]*)", re.IGNORECASE)


def product_token(user_agent: str) -> str:
    """The name that robots.txt knows a program by: "ticker" of "ticker/1.0 (...)" (RFC 9309, 2.2.1)."""
    found = _PRODUCT.match(user_agent)
    return found[0].lower() if found else "*"


class Rules:
    """What one robots.txt asks of the program that calls itself ``token``."""

    def __init__(self, text: str, token: str) -> None:
        self._token = token
        # Protego lets a group for "tick" hold for "ticker", and none for "ticker/1.0"; RFC 9309 wants the name, whole.
        self._rules = Protego.parse("\n".join(_named(line, token) for line in text.splitlines()))

    def allow(self, address: str) -> bool:
        """Whether ``address`` may be fetched."""
        return self._rules.can_fetch(address, self._token)

    @property
    def crawl_delay(self) -> float:
        """The seconds to leave between two pages; 0 where nothing is said."""
        return self._rules.crawl_delay(self._token) or 0.0


def _named(line: str, token: str) -> str:
    found = _AGENT_LINE.match(line)
    if not found:
        return line
    product = _PRODUCT.match(found[1])
    if product and product[0].lower() == token:
        return f"User-agent: {token}"
    return "User-agent: *" if found[1].strip() == "*" else "User-agent: /"  # no name has a slash


@dataclass(slots=True)
class _Origin:
    """What is known of one origin: its rules, or why there are none."""

    lock: Lock
    rules: Rules | FetchError | None = None


class Robots:
    """Asks robots.txt before pages are fetched; to be used from any number of threads."""

    def __init__(self, client: PoliteClient, settings: FetchSettings) -> None:
        self._client = client
        self._settings = settings
        self._origins: dict[tuple[str, Reach, str], _Origin] = {}
        self._guard = Lock()

    def pause_for(self, target: Target, budget: Budget, user_agent: str) -> float:
        """The seconds to leave between pages of the host of ``target``, which may be fetched.

        The rules for ``user_agent`` count. What it takes to read robots.txt, where that was not read yet, is of the
        page's ``budget``.

        Raises RobotsDenied where it may not be, and ConnectionFailed where its robots.txt cannot be reached.
        """
        if self._settings.ignore_robots:
            return self._settings.pause
        rules = self._rules(target, budget, user_agent)
        if isinstance(rules, ConnectionFailed):
            raise ConnectionFailed(f"{rules}, at its robots.txt", rules.cause)
        if isinstance(rules, FetchError):
            denied = RobotsDenied(f"robots.txt cannot be read: {rules}; {_ADVICE}", "robots")
            denied.wait = rules.wait
            raise denied
        if not rules.allow(target.shown):
            raise RobotsDenied(f"robots.txt of the site asks not to fetch this address; {_ADVICE}", "robots")
        return max(self._settings.pause, rules.crawl_delay)

    def _rules(self, target: Target, budget: Budget, user_agent: str) -> Rules | FetchError:
        with self._guard:
            # A refusal to go to a private address is none for who may go there.
            origin = self._origins.setdefault((target.origin, target.reach, user_agent), _Origin(Lock()))
        with origin.lock:
            if origin.rules is None:
                had = budget.left
                try:
                    origin.rules = self._load(target.robots, budget, user_agent)
                except FetchError as error:
                    if error.cause == "deadline" and had < budget.whole / 2:
                        return error  # the way here took long: no fault of this host, which others may come to sooner
                    origin.rules = error
            return origin.rules

    def _load(self, target: Target, budget: Budget, user_agent: str) -> Rules:
        token, headers = product_token(user_agent), {**_HEADERS, "User-Agent": user_agent}
        for _ in range(_REDIRECTS + 1):
            try:
                found = self._client.ask(target, headers, budget, self._read, pause=None)
                if isinstance(found, str):
                    return Rules(found, token)
                target = target.redirected(found.location)
            except AddressError:
                break
            except HttpError as error:
                # 429 is no answer to what was asked: the server is too busy to say.
                if error.status >= 500 or error.status == 429:
                    raise
                break
        # Not found, not to be read, or too many redirects: "unavailable", all may be fetched (RFC 9309, 2.3.1.3).
        return Rules("", token)

    @staticmethod
    def _read(answer: Answer) -> str | _Moved:
        if answer.location:
            return _Moved(answer.location)
        if not 200 <= answer.status < 300:
            raise HttpError(status_line(answer.status), f"HTTP {answer.status}", answer.status)
        return answer.read(_MAX_BYTES, cut=True).decode("utf-8-sig", "replace")


@dataclass(frozen=True, slots=True)
class _Moved:
    location: str
