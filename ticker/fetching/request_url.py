"""The URL of a request: parsed, validated, http or https."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from ticker.errors import AddressError
from ticker.fetching.address_policy import AddressPolicy, policy_for
from ticker.urls import with_ascii_host, without_credentials

_SPACE = re.compile(r"[\s\x00-\x1f\x7f]")
# Characters that browsers percent-encode in a Location header: all except printable ASCII.
_UNSAFE = re.compile(r"[^!-~]")
# Characters; the usual limit of servers (RFC 9110, 4.1, recommends at least 8,000). It also keeps messages readable.
_LONGEST = 8192
_HOST_PROBLEM = "invalid URL: its host"
_SHOWN = 200  # characters of an invalid URL


@dataclass(frozen=True, slots=True)
class RequestUrl:
    """A parsed http or https URL.

    ``address`` is the URL to request, without its fragment. ``shown`` is the same without user name and password, for
    messages and archives. ``host`` is in lower case and ASCII, as in DNS. ``origin`` is scheme, host and port, which
    share one robots.txt. ``address_policy`` is the address policy of the fetch.
    """

    address: str
    shown: str
    host: str
    origin: str
    address_policy: AddressPolicy

    @classmethod
    def of(cls, address: str, allow_private: bool = False) -> RequestUrl:
        """Parse ``address``, the first URL of a fetch; raises AddressError if it is invalid.

        Its host determines the address policy (``policy_for``). With ``allow_private``, all addresses are allowed.
        """
        address = address.strip()
        if len(address) > _LONGEST:
            raise _invalid(f"it has {len(address):,} characters; use at most {_LONGEST:,}")
        if _SPACE.search(address):
            raise _invalid("it contains spaces; write %20 for a space")
        bare = address.partition("#")[0]
        try:
            parts = urlsplit(with_ascii_host(bare))
            host = parts.hostname
        except ValueError as error:  # an unclosed bracket, characters that normalize to "/" or "@"
            raise _invalid(f"its host is malformed ({error})") from error
        try:
            _ = parts.port
        except ValueError as error:
            raise _invalid("its port is not a number from 0 to 65535") from error
        if parts.scheme not in ("http", "https"):
            problem = f"unknown scheme {parts.scheme!r}" if parts.scheme else "no scheme"
            raise _invalid(f"{problem}; a URL begins with http:// or https://")
        if not host or not host.strip("."):
            raise _invalid("it has no host")
        if "%" in host:
            hint = "zones are not supported" if ":" in host else "write it without percent-encoding"
            raise _invalid(f"its host {host!r} has a '%'; {hint}")
        place = parts.netloc.rpartition("@")[2]
        return cls(
            address=bare,
            shown=without_credentials(bare),
            host=host,
            origin=f"{parts.scheme}://{place.lower()}",
            address_policy=policy_for(host, allow_private),
        )

    @property
    def robots(self) -> RequestUrl:
        """Return the robots.txt of this origin, with the same address policy."""
        return replace(RequestUrl.of(self.origin + "/robots.txt"), address_policy=self.address_policy)

    def redirected(self, location: str) -> RequestUrl:
        """Return the URL of a Location header; raises AddressError if it is not an http or https URL.

        Bytes that are not UTF-8 are surrogate escapes in ``location``. They are percent-encoded unchanged.
        """
        try:
            joined = with_ascii_host(urljoin(self.address, location.strip()))
            joined = _with_login_of(self.address, joined)
            to = RequestUrl.of(_UNSAFE.sub(lambda found: quote(found[0], errors="surrogateescape"), joined))
        except (AddressError, ValueError) as error:
            shown = without_credentials(location.strip())
            shown = repr(shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "...")
            is_of_host = not isinstance(error, AddressError) or str(error).startswith(_HOST_PROBLEM)
            problem = ": invalid host name" if is_of_host else ""
            raise AddressError(
                f"redirected to {shown}, which is not an http or https URL{problem}", "redirect"
            ) from error
        return replace(to, address_policy=self.address_policy)


def _with_login_of(address: str, other: str) -> str:
    """Return ``other``, with the login of ``address`` if it has none and the origins are the same."""
    parts, others = urlsplit(address), urlsplit(other)
    login, at, place = parts.netloc.rpartition("@")
    if not at or (parts.scheme, place.lower()) != (others.scheme, others.netloc.lower()):
        return other
    return urlunsplit(others._replace(netloc=f"{login}@{others.netloc}"))


def _invalid(problem: str) -> AddressError:
    return AddressError(f"invalid URL: {problem}", "address")
