"""Where a journey may lead: every address that is connected to is judged, whatever name led there.

A name can be made to lead anywhere, and elsewhere the next time it is asked for (DNS rebinding). So it is looked up
once, what it gives is judged, and the connection goes to an address that was judged. Names themselves are judged only
to tell whether a user plainly means a machine of their own, and where a proxy does the looking up.
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

Place = tuple[socket.AddressFamily, tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]]
Resolve = Callable[[str, int], Sequence[Place]]


class Reach(IntEnum):
    """How far a journey may go."""

    PUBLIC = 1  # to the public internet
    PRIVATE = 2  # to the user's own machines and networks too
    ANYWHERE = 3  # even to where a cloud tells its machines their secrets


# Top-level names that no public name server knows (RFC 6761, 6762, 8375; ICANN 2024 for "internal"), or as routers
# call the network behind them.
_OWN = ("localhost", "local", "internal", "lan", "home.arpa")
# Clouds tell a machine its credentials at these: 169.254.169.254 nearly all of them, the others AWS, Google, Alibaba,
# Oracle and Azure. All but the last are private, and are refused to those too who may go to private addresses.
_METADATA = frozenset(
    map(
        ipaddress.ip_address,
        "169.254.169.254 169.254.170.2 fd00:ec2::254 fd20:ce::254 100.100.100.200 192.0.0.192 168.63.129.16".split(),
    )
)
_METADATA_NAMES = frozenset(("metadata.google.internal", "metadata.goog", "metadata", "instance-data"))
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
# Tunnels over IPv4, in which an IPv6 address stands for an IPv4 one (RFC 3056, RFC 4380). No site is reached by these.
_TUNNELS = (ipaddress.ip_network("2002::/16"), ipaddress.ip_network("2001::/32"))
# What networks without IPv4 make of an IPv4 address (RFC 6052); ordinary sites are reached so.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def reach_of(host: str, allow_private: bool = False) -> Reach:
    """How far a journey may go whose first address names ``host``: as far as the user plainly says.

    A private address, and a name that only a network of one's own can know (``localhost``, ``nas.local``, a single
    word), is such a word; a name that looks public is none, whatever it leads to.
    """
    if allow_private:
        return Reach.ANYWHERE
    name = host.lower().strip(".")
    if name in _METADATA_NAMES:
        return Reach.PUBLIC
    if _ip(name):
        return Reach.PUBLIC if is_public(name) or is_metadata(name) else Reach.PRIVATE
    return Reach.PRIVATE if "." not in name or name.endswith(tuple(f".{own}" for own in _OWN)) else Reach.PUBLIC


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet; what is no IP address does not.

    By the registries of IANA, as ``ipaddress`` knows them. Not public are, besides what is private, loopback and
    link-local, also multicast, addresses that stand for a private IPv4 one, and all of IPv6 that is no global unicast.
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
    """Whether an IP address is one at which a cloud tells its machines their credentials."""
    ip = _ip(address)
    mapped = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
    return (mapped or ip) in _METADATA


def _ip(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def look_up(host: str, port: int) -> Sequence[Place]:
    """The places that the system's resolver gives for a name; raises gaierror."""
    return [(family, place) for family, _, _, _, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass(frozen=True, slots=True)
class Destinations:
    """Finds the places of hosts, and lets pass only those that may be gone to.

    ``resolve`` looks a name up, ``is_public`` judges an IP address.
    """

    resolve: Resolve = look_up
    is_public: Callable[[str], bool] = is_public

    def find(self, host: str, port: int, reach: Reach, until: float) -> Sequence[Place]:
        """The places of ``host`` that a journey of this ``reach`` may go to; at least one.

        Raises AddressError where it may go to none, gaierror where there is none, and TimeoutError where that is
        not known at ``until``, a moment of ``time.monotonic``.
        """
        places = self._resolved(host, port, until)
        if not places:
            raise socket.gaierror(socket.EAI_NONAME, "no address")
        allowed = [place for place in places if self._allows(str(place[1][0]), reach)]
        if not allowed:
            raise refusal(host, str(places[0][1][0]))
        return allowed

    def demand_name(self, host: str, reach: Reach) -> None:
        """Raises AddressError where a journey may not go to ``host``, as far as its name tells.

        All that can be said where a proxy looks the name up.
        """
        plainly = host.strip("[].").lower()
        private = reach_of(plainly) is not Reach.PUBLIC
        secret = plainly in _METADATA_NAMES or is_metadata(plainly)
        if (private and reach is Reach.PUBLIC) or (secret and reach is not Reach.ANYWHERE):
            raise refusal(host)

    def _allows(self, address: str, reach: Reach) -> bool:
        if reach is Reach.PUBLIC:
            return self.is_public(address)
        return reach is Reach.ANYWHERE or not is_metadata(address)

    def _resolved(self, host: str, port: int, until: float) -> Sequence[Place]:
        # A resolver knows no deadline. One that hangs is left to itself, in a thread that nobody waits for.
        answers: SimpleQueue[Sequence[Place] | Exception] = SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self.resolve(host, port))
            except Exception as error:  # noqa: BLE001 - raised where it was asked for
                answers.put(error)

        Thread(target=ask, daemon=True).start()
        try:
            answer = answers.get(timeout=max(0.0, until - time.monotonic()))
        except Empty:
            raise TimeoutError("no answer to where the host is") from None
        if isinstance(answer, Exception):
            raise answer
        return answer


def refusal(host: str, address: str | None = None) -> AddressError:
    """What to say of a host that may not be gone to, at the ``address`` that it was found at."""
    place = host if address in (None, host.strip("[]")) else f"{host} leads to {address}, which"
    return AddressError(f"{place} is not on the public internet; --allow-private fetches it all the same", "private")


def connected(places: Sequence[Place], until: float, options: Sequence[tuple[int, int, int | bytes]]) -> socket.socket:
    """A socket that is connected to the first of ``places`` that answers; raises what kept the last from it.

    Each is given an equal part of the time that is left, so that one that is silent leaves some to the others.
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


def _shares(places: Sequence[Place], until: float) -> Iterator[tuple[Place, float]]:
    for number, place in enumerate(places):
        yield place, max(0.001, (until - time.monotonic()) / (len(places) - number))
