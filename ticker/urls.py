"""Resolution, canonicalization and encoding of URLs, without network access."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

# Query parameters that track the reader's origin: campaign tags of analytics programs (utm_*, Piwik/Matomo pk_* and
# mtm_*, AT Internet xtor) and click identifiers of advertisers and social networks.
_TRACKING = re.compile(
    r"utm_|pk_|mtm_|at_medium|at_campaign|xtor|fbclid|gclid|dclid|msclkid|igshid|mc_cid|mc_eid|yclid|_ga$|cmpid|"
    r"ns_campaign|ns_mchannel",
    re.I,
)
DEFAULT_PORTS = {"http": 80, "https": 443}
# Fast path for nearly all URLs: only the scheme, "www." and a trailing slash can change.
_PLAIN = re.compile(r"https?://(?:www\.|(?!www\.))([a-z0-9][a-z0-9.-]*)((?:/[!-\"$&->@-~]*)?)")
_CREDENTIALS = re.compile(r"^(\s*[a-z][a-z0-9+.-]*:[/\\]{2,})[^/\\?#]*@", re.I)
_UNSAFE = re.compile(r"[^!-~]+")
_ESCAPES = re.compile(r"(?:%[0-9a-fA-F]{2})+")


def is_web(address: str) -> bool:
    """Return whether ``address`` is an http or https URL with a host."""
    parts = _split(address)
    return parts is not None and parts.scheme in DEFAULT_PORTS and bool(parts.hostname)


# The links of a page are asked for it at several steps.
@lru_cache(maxsize=4096)
def host(address: str | None) -> str:
    """Return the host of a URL in lower case, or an empty string."""
    parts = _split(address or "")
    return (parts.hostname or "") if parts else ""


def without_credentials(address: str) -> str:
    """Return a URL without user name and password, as it is displayed and stored.

    >>> without_credentials("https://me:secret@news.example/@me")
    'https://news.example/@me'
    """
    return _CREDENTIALS.sub(r"\1", address, count=1) if "@" in address else address


def absolute(address: str | None, base: str | None) -> str | None:
    """Return ``address`` resolved against the page URL ``base``, or None if it is not a web page.

    Surrounding white space, line breaks, tabs and credentials are removed. Without ``base``, a relative URL gives None.
    """
    if not address:
        return None
    address = address.strip().replace("\n", "").replace("\r", "").replace("\t", "")
    if not address or address.startswith(("#", "javascript:", "mailto:", "tel:", "data:", "whatsapp:")):
        return None
    try:
        joined = urljoin(base or "", address)
    except ValueError:  # a malformed host, such as an unclosed bracket
        return None
    return without_credentials(joined) if is_web(joined) else None


def canonical(address: str) -> str:
    """Return the canonical URL, which is equal for URLs of the same page.

    The host is lower case, http becomes https, and the path is percent-encoded. The default port, ``www.``, tracking
    parameters, an empty query and a trailing slash are removed. A fragment stays if it is a route ("#!" or "#/").
    """
    plain = _PLAIN.fullmatch(address)
    if plain:
        return f"https://{plain[1]}{plain[2].rstrip('/') or '/'}"
    parts = _split(address)
    if parts is None or not parts.hostname:
        return address
    name = parts.hostname.removeprefix("www.")
    port = _port(parts)
    if port and port != DEFAULT_PORTS.get(parts.scheme):
        name = f"{name}:{port}"
    query = parts.query
    if query:
        kept = [(k, v) for k, v in parse_qsl(query, keep_blank_values=True) if not _TRACKING.match(k)]
        query = urlencode(kept, errors="surrogatepass")
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    scheme = "https" if parts.scheme == "http" else parts.scheme
    path = _ESCAPES.sub(lambda found: found[0].upper(), to_ascii(parts.path)).rstrip("/") or "/"
    return urlunsplit((scheme, name, path, query, fragment))


def to_ascii(address: str) -> str:
    """Return ``address`` with non-ASCII, space and control characters percent-encoded."""
    return _UNSAFE.sub(lambda found: quote(found[0], errors="surrogatepass"), address)


def to_uri(address: str) -> str:
    """Return ``address`` as an ASCII URI: the host in IDNA form (RFC 5891), the rest percent-encoded."""
    try:
        return to_ascii(with_ascii_host(address))
    except ValueError:  # not a valid host
        return to_ascii(address)


def with_ascii_host(address: str) -> str:
    """Return ``address`` with its host in IDNA form (RFC 5891) and the rest unchanged.

    Raises ValueError if the host is not a valid name.

    >>> with_ascii_host("http://münchen.example/straße")
    'http://xn--mnchen-3ya.example/straße'
    """
    parts = urlsplit(address)
    name = parts.hostname
    if not name or name.isascii():
        return address
    import idna

    known = idna.encode(name, uts46=True).decode()
    user, at, place = parts.netloc.rpartition("@")
    _, colon, port = place.partition(":")
    return urlunsplit(parts._replace(netloc=f"{user}{at}{known}{colon}{port}"))


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        _ = parts.hostname
    except ValueError:
        return None
    return parts


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:
        return None
