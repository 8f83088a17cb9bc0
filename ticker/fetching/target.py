"""``Target``: an address that a request can be made to. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from ticker.errors import AddressError
from ticker.fetching.destinations import Reach, reach_of
from ticker.urls import with_ascii_host, without_credentials

_SPACE = re.compile(r"[\s\x00-\x1f\x7f]")
# What a Location header may hold against the rules, and browsers send percent-encoded: all but printable ASCII.
_UNSAFE = re.compile(r"[^!-~]")
# As many letters as servers take (RFC 9110, 4.1, asks for 8,000); a message that names an address stays readable.
_LONGEST = 8192
_HOST_PROBLEM = "not an address: its host"
_SHOWN = 200  # letters of what is no address


@dataclass(frozen=True, slots=True)
class Target:
    """An http or https address, taken apart once.

    ``address`` is what to request, without a fragment; ``shown`` the same without user name and password, for
    messages and archives; ``host`` is in lower case, as DNS knows it; ``origin`` is scheme, host and port, which have
    one robots.txt in common. ``reach`` is how far the journey may go that it is a part of.
    """

    address: str
    shown: str
    host: str
    origin: str
    reach: Reach

    @classmethod
    def of(cls, address: str, allow_private: bool = False) -> Target:
        """The target that ``address`` names, at the beginning of a journey.

        Raises AddressError where nothing can be fetched from it. With ``allow_private`` the journey may lead
        anywhere, else as far as this address plainly says (``reach_of``).
        """
        address = address.strip()
        if len(address) > _LONGEST:
            raise _invalid(f"it has {len(address):,} letters, and {_LONGEST:,} are the most")
        if _SPACE.search(address):
            raise _invalid("an address has no spaces; write %20 for a space within one")
        bare = address.partition("#")[0]
        try:
            parts = urlsplit(with_ascii_host(bare))
            host = parts.hostname
        except ValueError as error:  # an unclosed bracket, letters that stand for others
            raise _invalid(f"its host is malformed ({error})") from error
        try:
            _ = parts.port
        except ValueError as error:
            raise _invalid("its port is no number from 0 to 65535") from error
        if parts.scheme not in ("http", "https"):
            problem = f"unknown scheme {parts.scheme!r}" if parts.scheme else "no scheme"
            raise _invalid(f"{problem}; an address begins with http:// or https://")
        if not host or not host.strip("."):
            raise _invalid("it names no host")
        if "%" in host:
            hint = "zones are not supported" if ":" in host else "write its letters as they are"
            raise _invalid(f"its host {host!r} has a '%'; {hint}")
        place = parts.netloc.rpartition("@")[2]
        return cls(
            address=bare,
            shown=without_credentials(bare),
            host=host,
            origin=f"{parts.scheme}://{place.lower()}",
            reach=reach_of(host, allow_private),
        )

    @property
    def robots(self) -> Target:
        """The robots.txt of its origin, as a part of the same journey."""
        return replace(Target.of(self.origin + "/robots.txt"), reach=self.reach)

    def redirected(self, location: str) -> Target:
        """Return the target that a Location header leads to; raise AddressError where that is no web page.

        Bytes that are not UTF-8 are surrogate escapes in ``location``, and are sent back as they came.
        """
        try:
            joined = with_ascii_host(urljoin(self.address, location.strip()))
            joined = _with_login_of(self.address, joined)
            to = Target.of(_UNSAFE.sub(lambda found: quote(found[0], errors="surrogateescape"), joined))
        except (AddressError, ValueError) as error:
            shown = without_credentials(location.strip())
            shown = repr(shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "...")
            is_of_host = not isinstance(error, AddressError) or str(error).startswith(_HOST_PROBLEM)
            problem = ": it has no valid host name" if is_of_host else ""
            raise AddressError(
                f"redirected to {shown}, which is no http or https address{problem}", "redirect"
            ) from error
        return replace(to, reach=self.reach)


def _with_login_of(address: str, other: str) -> str:
    """Return ``other`` with the user name and password of ``address``, where it has none and is of the same origin."""
    parts, others = urlsplit(address), urlsplit(other)
    login, at, place = parts.netloc.rpartition("@")
    if not at or (parts.scheme, place.lower()) != (others.scheme, others.netloc.lower()):
        return other
    return urlunsplit(others._replace(netloc=f"{login}@{others.netloc}"))


def _invalid(problem: str) -> AddressError:
    return AddressError(f"not an address: {problem}", "address")
