"""The address policy of requests: which IP addresses and hosts may be connected to.

A host name can resolve to any IP address, and to another one at the next lookup (DNS rebinding). So a name is resolved
once, its addresses are checked, and the connection uses a checked address. Names themselves are checked in two cases:
to detect that a user means a private machine, and if a proxy resolves the name.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from queue import Empty, SimpleQueue
from threading import Thread

from ticker.errors import AddressError

SocketAddress = tuple[socket.AddressFamily, tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]]
Resolve = Callable[[str, int], Sequence[SocketAddress]]


class AddressPolicy(IntEnum):
    """The addresses that a request and its redirects may go to; each level includes those before it."""

    PUBLIC = 1  # the public internet
    PRIVATE = 2  # private machines and networks
    ANYWHERE = 3  # cloud metadata services, which return credentials


# Domains that are not in the public DNS (RFC 6761, 6762, 8375; ICANN 2024 for "internal"), or that routers use for
# their local network.
_LOCAL_DOMAINS = ("localhost", "local", "internal", "lan", "home.arpa")
# Metadata services of clouds: 169.254.169.254 of nearly all, the others of AWS, Google, Alibaba, Oracle and Azure. All
# but the last are private addresses. ``AddressPolicy.PRIVATE`` does not include them.
_METADATA = frozenset(
    map(
        ipaddress.ip_address,
        "169.254.169.254 169.254.170.2 fd00:ec2::254 fd20:ce::254 100.100.100.200 192.0.0.192 168.63.129.16".split(),
    )
)
_METADATA_NAMES = frozenset(("metadata.google.internal", "metadata.goog", "metadata", "instance-data"))
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
# IPv6 addresses of tunnels that embed an IPv4 address (RFC 3056, RFC 4380). Websites do not use them.
_TUNNELS = (ipaddress.ip_network("2002::/16"), ipaddress.ip_network("2001::/32"))
# IPv4 addresses as networks without IPv4 represent them (RFC 6052). Ordinary websites are reached this way.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def policy_for(host: str, allow_private: bool = False) -> AddressPolicy:
    """Return the address policy for a request to ``host`` and its redirects.

    A private IP address or a local name (``localhost``, ``nas.local``, a name without dots) allows private addresses.
    A name that looks public does not, even if it resolves to a private address.
    """
    if allow_private:
        return AddressPolicy.ANYWHERE
    name = host.lower().strip(".")
    if name in _METADATA_NAMES:
        return AddressPolicy.PUBLIC
    if _ip(name):
        return AddressPolicy.PUBLIC if is_public(name) or is_metadata(name) else AddressPolicy.PRIVATE
    return (
        AddressPolicy.PRIVATE
        if "." not in name or name.endswith(tuple(f".{own}" for own in _LOCAL_DOMAINS))
        else AddressPolicy.PUBLIC
    )


def is_public(address: str) -> bool:
    """Return whether ``address`` is an IP address on the public internet.

    Uses the IANA registries in ``ipaddress``. Private, loopback, link-local and multicast addresses are not public, nor
    are IPv6 addresses that embed a private IPv4 address or are not global unicast.
    """
    ip = _ip(address)
    if ip is None:
        return False
    if isinstance(ip, ipaddress.IPv4Address):
        return ip.is_global and not ip.is_multicast and ip not in _METADATA
    if ip in _NAT64:
        return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)))
    return ip in _GLOBAL_UNICAST and ip.is_global and not any(ip in tunnel for tunnel in _TUNNELS)


def is_metadata(address: str) -> bool:
    """Return whether an IP address is that of a cloud metadata service, which returns credentials."""
    ip = _ip(address)
    mapped = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
    return (mapped or ip) in _METADATA


def _ip(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def look_up(host: str, port: int) -> Sequence[SocketAddress]:
    """Return the socket addresses of a host from the system's resolver; raises gaierror."""
    return [(family, place) for family, _, _, _, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass(frozen=True, slots=True)
class Resolver:
    """Resolution of host names to allowed socket addresses.

    ``resolve`` looks up a name. ``is_public`` returns whether an IP address is public.
    """

    resolve: Resolve = look_up
    is_public: Callable[[str], bool] = is_public

    def find(self, host: str, port: int, policy: AddressPolicy, until: float) -> Sequence[SocketAddress]:
        """Return the socket addresses of ``host`` that ``address_policy`` allows, at least one.

        ``until`` is the deadline, a value of ``time.monotonic``. Raises AddressError if no address is allowed, gaierror
        if the host has none, and TimeoutError after the deadline.
        """
        places = self._resolved(host, port, until)
        if not places:
            raise socket.gaierror(socket.EAI_NONAME, "no address")
        allowed = [place for place in places if self._allows(str(place[1][0]), policy)]
        if not allowed:
            raise forbidden_address_error(host, str(places[0][1][0]))
        return allowed

    def check_name(self, host: str, policy: AddressPolicy) -> None:
        """Raise AddressError if ``address_policy`` does not allow the name ``host``.

        Used if a proxy resolves the name, because the IP addresses are then unknown.
        """
        plainly = host.strip("[].").lower()
        private = policy_for(plainly) is not AddressPolicy.PUBLIC
        secret = plainly in _METADATA_NAMES or is_metadata(plainly)
        if (private and policy is AddressPolicy.PUBLIC) or (secret and policy is not AddressPolicy.ANYWHERE):
            raise forbidden_address_error(host)

    def _allows(self, address: str, policy: AddressPolicy) -> bool:
        if policy is AddressPolicy.PUBLIC:
            return self.is_public(address)
        return policy is AddressPolicy.ANYWHERE or not is_metadata(address)

    def _resolved(self, host: str, port: int, until: float) -> Sequence[SocketAddress]:
        # getaddrinfo has no timeout, so it runs in a daemon thread that is abandoned at the deadline.
        answers: SimpleQueue[Sequence[SocketAddress] | Exception] = SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self.resolve(host, port))
            except Exception as error:  # noqa: BLE001 - raised again in the calling thread
                answers.put(error)

        Thread(target=ask, daemon=True).start()
        try:
            answer = answers.get(timeout=max(0.0, until - time.monotonic()))
        except Empty:
            raise TimeoutError("the name lookup timed out") from None
        if isinstance(answer, Exception):
            raise answer
        return answer


def forbidden_address_error(host: str, address: str | None = None) -> AddressError:
    """Return the error for a host that is not allowed; ``address`` is the IP address it resolves to, if known."""
    place = host if address in (None, host.strip("[]")) else f"{host} resolves to {address}, which"
    return AddressError(f"{place} is not on the public internet; use --allow-private to fetch it anyway", "private")


def connect(
    places: Sequence[SocketAddress], until: float, options: Sequence[tuple[int, int, int | bytes]]
) -> socket.socket:
    """Return a socket connected to the first of ``places`` that accepts; raises the OSError of the last.

    Each address gets an equal share of the time left, so a silent one does not use it up.
    """
    for place, left in _shares(places, until):
        family, address = place
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            for option in options:
                sock.setsockopt(*option)
            sock.settimeout(left)
            sock.connect(address)
        except OSError as error:
            sock.close()
            failure = error
        else:
            return sock
    raise failure


def _shares(places: Sequence[SocketAddress], until: float) -> Iterator[tuple[SocketAddress, float]]:
    for number, place in enumerate(places):
        yield place, max(0.001, (until - time.monotonic()) / (len(places) - number))
