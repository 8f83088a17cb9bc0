"""Addresses of pages: made absolute, made canonical, taken apart. Pure; nothing is fetched here."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

# Query parameters that say where a reader came from and not what is read: campaign tags of analytics programs
# (utm_*, Piwik/Matomo pk_* and mtm_*, AT Internet xtor) and click identifiers of advertisers and social networks.
_TRACKING = re.compile(
    r"utm_|pk_|mtm_|at_medium|at_campaign|xtor|fbclid|gclid|dclid|msclkid|igshid|mc_cid|mc_eid|yclid|_ga$|cmpid|"
    r"ns_campaign|ns_mchannel",
    re.I,
)
_DEFAULT_PORTS = {"http": 80, "https": 443}
# An address that can lose its scheme, "www." and a closing slash only, as nearly all: in a fraction of the time.
_PLAIN = re.compile(r"https?://(?:www\.|(?!www\.))([a-z0-9][a-z0-9.-]*)((?:/[!-\"$&->@-~]*)?)")
_CREDENTIALS = re.compile(r"^(\s*[a-z][a-z0-9+.-]*:[/\\]{2,})[^/\\?#]*@", re.I)
_UNSAFE = re.compile(r"[^!-~]+")
_ESCAPES = re.compile(r"(?:%[0-9a-fA-F]{2})+")


def is_web(address: str) -> bool:
    """Whether ``address`` begins with http:// or https:// and names a host."""
    parts = _split(address)
    return parts is not None and parts.scheme in _DEFAULT_PORTS and bool(parts.hostname)


# The links of a page are asked for it at several steps.
@lru_cache(maxsize=4096)
def host(address: str | None) -> str:
    """The host that ``address`` names, in lower case, or an empty text."""
    parts = _split(address or "")
    return (parts.hostname or "") if parts else ""


def without_credentials(address: str) -> str:
    """``address`` without user name and password: as it is shown and kept.

    >>> without_credentials("https://me:secret@news.example/@me")
    'https://news.example/@me'
    """
    return _CREDENTIALS.sub(r"\1", address, count=1) if "@" in address else address


def absolute(address: str | None, base: str | None) -> str | None:
    """``address`` as it is meant on the page ``base``; None where it leads to no page.

    White space around it and line breaks within it are dropped, as browsers do, and so are a user name and a
    password. What is left relative because ``base`` is not known is None too.
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
    """One spelling for the addresses that lead to one page, for telling whether two are the same.

    The scheme's default port, tracking parameters, an empty query and a slash at the path's end go; host in
    lower case; http counts as https, ``www.`` and a fragment count for nothing unless it is a route ("#!"). What is
    not ASCII in the path counts as its percent-encoding, as browsers send it.
    """
    plain = _PLAIN.fullmatch(address)
    if plain:
        return f"https://{plain[1]}{plain[2].rstrip('/') or '/'}"
    parts = _split(address)
    if parts is None or not parts.hostname:
        return address
    name = parts.hostname.removeprefix("www.")
    port = _port(parts)
    if port and port != _DEFAULT_PORTS.get(parts.scheme):
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
    """``address`` with what is not ASCII percent-encoded, so that a terminal and a server take it."""
    return _UNSAFE.sub(lambda found: quote(found[0], errors="surrogatepass"), address)


def to_uri(address: str) -> str:
    """``address`` in ASCII as a URI has it: the host's name as DNS knows it (RFC 5891), the rest percent-encoded."""
    try:
        return to_ascii(with_ascii_host(address))
    except ValueError:  # no host that there could be
        return to_ascii(address)


def with_ascii_host(address: str) -> str:
    """Return ``address`` with the host's name as DNS knows it (RFC 5891); the rest stays.

    Raises ValueError where no host can be called so.

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
