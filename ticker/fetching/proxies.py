"""``no_proxy``: which addresses are fetched directly although the environment names a proxy.

requests knows the names of hosts, and networks of IPv4; here are the forms that it does not know.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
# "[::1]:8080", "[fd00::]/8", "host:8080", "127.0.0.0/8:8080": an address in brackets or a name, with a port, a prefix
# length or both.
_ENTRY = re.compile(r"(?:\[([^\[\]]+)\]|([^:/\[\]]+))(?::(\d+))?(/\d+)?(?::(\d+))?")


def no_proxy(environ: Mapping[str, str]) -> str:
    """Return what the environment exempts from its proxies; the name in lower case counts first, as everywhere."""
    return environ.get("no_proxy") or environ.get("NO_PROXY") or ""


def is_exempt(address: str, entries: str) -> bool:
    """Whether an entry of ``no_proxy`` names the host of a web address.

    Entries are separated by commas or spaces: ``*``, a name (which stands for its subdomains, too), an IP address, a
    network such as ``fd00::/8``; each with a port where it is for that port alone, and IPv6 in brackets or without.
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
