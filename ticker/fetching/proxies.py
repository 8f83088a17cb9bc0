"""Exceptions from proxies by the environment variable ``no_proxy``.

requests supports host names and IPv4 networks only; this module supports the other forms too.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
# "[::1]:8080", "[fd00::]/8", "host:8080", "127.0.0.0/8:8080": an IP address in brackets or a name, with a port, a
# prefix length or both.
_ENTRY = re.compile(r"(?:\[([^\[\]]+)\]|([^:/\[\]]+))(?::(\d+))?(/\d+)?(?::(\d+))?")


def no_proxy(environ: Mapping[str, str]) -> str:
    """Return the value of ``no_proxy``; as in other programs, the lower-case name takes precedence."""
    return environ.get("no_proxy") or environ.get("NO_PROXY") or ""


def is_exempt(address: str, entries: str) -> bool:
    """Return whether an entry of ``no_proxy`` matches the host of a URL.

    Entries are separated by commas or spaces: ``*``, a name (which includes its subdomains), an IP address, or a
    network such as ``fd00::/8``. A port limits an entry to that port. IPv6 may be in brackets.
    """
    parts = urlsplit(address)
    host = (parts.hostname or "").rstrip(".").partition("%")[0]
    port = parts.port or _DEFAULT_PORTS.get(parts.scheme)
    return any(_names(entry.lower(), host, port) for entry in re.split(r"[,\s]+", entries) if entry)


def _names(entry: str, host: str, port: int | None) -> bool:
    if entry == "*":
        return True
    ip, network = _network(host), _network(entry)
    if network is None:
        found = _ENTRY.fullmatch(entry)
        if not found or any(wanted and int(wanted) != port for wanted in (found[3], found[5])):
            return False
        entry = (found[1] or found[2]) + (found[4] or "")
        network = _network(entry)
    if ip and network:
        return ip.version == network.version and ip.network_address in network
    name = entry.strip(".")
    return not ip and bool(name) and (host == name or host.endswith(f".{name}"))


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None
