"""Tests of the address policy, which checks the IP address of each connection."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.fetching.conftest import failure
from tests.servers import Reply, Server, redirect, serve
from ticker.errors import AddressError
from ticker.fetching import Fetcher
from ticker.fetching.address_policy import AddressPolicy, Resolver, SocketAddress, is_public, policy_for
from ticker.settings.model import FetchSettings

PAGE = "<h1>Here</h1>"
PUBLIC = "127.0.0.2"  # represents the public internet in these tests
OWN = "127.0.0.1"
HOSTS = {"news.example": (PUBLIC,), "evil.example": (OWN,), "both.example": (OWN, PUBLIC)}


def look_up(host: str, port: int) -> list[SocketAddress]:
    """Return the addresses of the hosts above; any other host is its own address."""
    return [(socket.AF_INET, (address, port)) for address in HOSTS.get(host, (host,))]


@pytest.fixture
def visit() -> Iterator[Callable[..., Fetcher]]:
    """Return a factory of fetchers for which 127.0.0.2 is public and 127.0.0.1 is not."""
    with ExitStack() as stack:

        def maker(resolve: Callable[[str, int], list[SocketAddress]] = look_up, **chosen: object) -> Fetcher:
            settings = FetchSettings(**{"pause": 0.0, "retries": 0, "deadline": 20.0, **chosen})
            destinations = Resolver(resolve, lambda address: address == PUBLIC)
            return stack.enter_context(Fetcher(settings, destinations=destinations))

        yield maker


@pytest.fixture
def public() -> Iterator[Server]:
    with serve({"/": PAGE}, host=PUBLIC, name="news.example") as server:
        yield server


@pytest.fixture
def own() -> Iterator[Server]:
    with serve({"/": PAGE}, host=OWN) as server:
        yield server


def refused(fetcher: Fetcher, address: str) -> str:
    error = failure(fetcher, address)
    assert isinstance(error, AddressError) and error.cause == "private"
    assert "--allow-private" in str(error)
    return str(error)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"),  # RFC 1918
        *("169.254.0.1", "169.254.169.254", "169.254.170.2", "168.63.129.16", "192.0.0.192"),  # link-local, clouds
        *("100.64.0.1", "100.100.100.200", "100.127.255.255"),  # carriers' NAT
        *("0.0.0.0", "0.1.2.3", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"),
        *("192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1"),  # for documentation and benchmarks
        *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fd20:ce::254", "fec0::1", "ff02::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::ffff:0:127.0.0.1", "::127.0.0.1", "::8.8.8.8"),
        *("64:ff9b::127.0.0.1", "64:ff9b::10.1.2.3", "64:ff9b::a9fe:a9fe", "64:ff9b:1::8.8.8.8"),  # NAT64
        *("2002:7f00:1::", "2002:a00:1::1", "2002:808:808::1", "2001:0:7f00:1::1", "2001:db8::1", "100::1"),
        *("news.example", "", "127.1", "0x7f.1", "2130706433"),  # not IP addresses
    ],
)
def test_addresses_that_are_not_public(address: str):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "151.101.1.195", "172.32.0.1", "100.63.0.1", "169.253.1.1", "2606:4700::1111", "64:ff9b::8.8.8.8"],
)
def test_addresses_that_are_public(address: str):
    assert is_public(address)


@pytest.mark.parametrize(
    ("host", "reach"),
    [
        ("127.0.0.1", AddressPolicy.PRIVATE),
        ("10.1.2.3", AddressPolicy.PRIVATE),
        ("::1", AddressPolicy.PRIVATE),
        ("fd12::1", AddressPolicy.PRIVATE),
        ("localhost", AddressPolicy.PRIVATE),
        ("news.localhost", AddressPolicy.PRIVATE),
        ("NAS.local.", AddressPolicy.PRIVATE),
        ("wiki.internal", AddressPolicy.PRIVATE),
        ("box.lan", AddressPolicy.PRIVATE),
        ("box.home.arpa", AddressPolicy.PRIVATE),
        ("intranet", AddressPolicy.PRIVATE),
        ("8.8.8.8", AddressPolicy.PUBLIC),
        ("2606:4700::1111", AddressPolicy.PUBLIC),
        ("news.example", AddressPolicy.PUBLIC),
        ("dead.be", AddressPolicy.PUBLIC),
        ("local.example", AddressPolicy.PUBLIC),
        ("home.arpa.example", AddressPolicy.PUBLIC),
        ("127.1", AddressPolicy.PUBLIC),
        ("metadata.google.internal", AddressPolicy.PUBLIC),
        ("metadata.google.internal.", AddressPolicy.PUBLIC),
        ("169.254.169.254", AddressPolicy.PUBLIC),
        ("::ffff:169.254.169.254", AddressPolicy.PUBLIC),
        ("fd00:ec2::254", AddressPolicy.PUBLIC),
    ],
)
def test_how_far_a_source_says_plainly_that_it_may_lead(host: str, reach: AddressPolicy):
    assert policy_for(host) is reach
    assert policy_for(host, allow_private=True) is AddressPolicy.ANYWHERE


def test_a_name_that_leads_to_the_public_internet(visit: Callable[..., Fetcher], public: Server):
    assert visit().fetch(public.url()).body == PAGE.encode()
    assert public.last("/").headers["Host"] == f"news.example:{public.port}"


def test_a_public_looking_name_that_leads_home_is_refused(visit: Callable[..., Fetcher], own: Server):
    address = f"http://evil.example:{own.port}/"
    assert "evil.example resolves to 127.0.0.1" in refused(visit(), address)
    assert own.requests == []
    assert visit().fetch(address, allow_private=True).body == PAGE.encode()
    assert visit(allow_private=True).fetch(address).body == PAGE.encode()


@pytest.mark.parametrize("host", ["127.0.0.1", "evil.example", "localhost", "[::1]", "0.0.0.0", "2130706433"])
@pytest.mark.parametrize("status", [301, 307])
def test_a_public_page_does_not_redirect_home(
    visit: Callable[..., Fetcher], public: Server, own: Server, host: str, status: int
):
    public.routes["/"] = redirect(f"http://{host}:{own.port}/", status)
    refused(visit(), public.url())
    assert own.requests == []


def test_a_page_of_one_s_own_redirects_where_it_wants(visit: Callable[..., Fetcher], public: Server, own: Server):
    own.routes["/"] = redirect(public.url("/on"))
    public.routes["/on"] = redirect(own.url("/end"))
    own.routes["/end"] = PAGE
    assert visit().fetch(own.url()).final_url == own.url("/end")


def test_with_leave_a_public_page_redirects_home(visit: Callable[..., Fetcher], public: Server, own: Server):
    public.routes["/"] = redirect(own.url())
    assert visit().fetch(public.url(), allow_private=True).final_url == own.url()


@pytest.mark.parametrize("address", ["169.254.169.254", "[fd00:ec2::254]", "metadata.google.internal"])
def test_nothing_leads_to_a_cloud_s_secrets(visit: Callable[..., Fetcher], own: Server, address: str):
    asked = []

    def resolve(host: str, port: int) -> list[SocketAddress]:
        asked.append(host)
        return look_up({"metadata.google.internal": "169.254.169.254"}.get(host, host), port)

    own.routes["/"] = redirect(f"http://{address}/latest/meta-data/")
    refused(visit(resolve), own.url())
    assert asked[-1] == address.strip("[]")
    refused(visit(resolve), f"http://{address}/")


def test_robots_txt_does_not_redirect_home(visit: Callable[..., Fetcher], public: Server, own: Server):
    public.routes["/robots.txt"] = redirect(own.url())
    visit().fetch(public.url())
    assert own.requests == []


def test_what_is_connected_to_is_what_was_judged(visit: Callable[..., Fetcher], public: Server, own: Server):
    answers = iter([PUBLIC, OWN, OWN, OWN])  # DNS rebinding: another answer each time
    public.routes["/"] = Reply(body=PAGE, headers={"Connection": "close"})

    def resolve(host: str, port: int) -> list[SocketAddress]:
        return [(socket.AF_INET, (next(answers), port))]

    fetcher = visit(resolve, ignore_robots=True)
    assert fetcher.fetch(public.url()).body == PAGE.encode()
    assert list(answers) == [OWN, OWN, OWN], "a name is looked up once for each connection"
    answers = iter([OWN])
    refused(fetcher, public.url())


def test_of_several_addresses_only_public_ones_are_gone_to(visit: Callable[..., Fetcher], public: Server):
    with socket.create_server((OWN, public.port)) as listener:
        listener.settimeout(0)
        assert visit().fetch(f"http://both.example:{public.port}/").body == PAGE.encode()
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_a_connection_that_was_allowed_is_not_lent_to_who_may_not(
    visit: Callable[..., Fetcher], public: Server, own: Server
):
    fetcher = visit()
    address = f"http://evil.example:{own.port}/"
    own.routes["/robots.txt"] = "# read completely, so that the connection stays open"
    refused(fetcher, address)
    fetcher.fetch(address, allow_private=True)
    asked = own.paths()
    refused(fetcher, address)
    public.routes["/"] = redirect(address)
    refused(fetcher, public.url())
    assert own.paths() == asked == ["/robots.txt", "/"]
    fetcher.fetch(address, allow_private=True)


def test_a_resolver_that_hangs_is_not_waited_for(visit: Callable[..., Fetcher]):
    released = threading.Event()

    def hang(host: str, port: int) -> list[SocketAddress]:
        released.wait(30)
        return []

    began = time.monotonic()
    assert failure(visit(hang, connect_timeout=0.2), "http://news.example/").cause == "timeout"
    assert failure(visit(hang, deadline=0.2), "http://news.example/").cause == "deadline"
    assert time.monotonic() - began < 5
    released.set()


def test_silent_addresses_share_the_time_that_there_is(visit: Callable[..., Fetcher]):
    # A listener with a full queue does not respond, like a firewall that drops packets.
    with ExitStack() as stack:
        listener = stack.enter_context(socket.create_server((PUBLIC, 0), backlog=0))
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        many = visit(lambda host, port: [(socket.AF_INET, (PUBLIC, port))] * 50, connect_timeout=0.5)
        began = time.monotonic()
        error = failure(many, f"http://news.example:{listener.getsockname()[1]}/")
        assert error.cause == "timeout"
        assert time.monotonic() - began < 2


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "169.254.169.254", "nas.local", "metadata.google.internal"])
def test_a_proxy_is_not_sent_home(
    visit: Callable[..., Fetcher], own: Server, monkeypatch: pytest.MonkeyPatch, host: str
):
    """Test that a requested host is checked by name; the address of the proxy is the user's choice."""
    monkeypatch.setenv("http_proxy", own.url())
    own.routes["http://news.example/robots.txt"] = Reply(404)
    own.routes["http://news.example/"] = redirect(f"http://{host}/")
    refused(visit(), "http://news.example/")
    assert not any(host in path for path in own.paths())
    own.routes["http://news.example/"] = own.routes["http://box.lan/"] = PAGE
    visit().fetch("http://news.example/")
    visit().fetch("http://box.lan/")


def test_the_certificate_is_still_the_name_s(
    visit: Callable[..., Fetcher], certificate: tuple[object, object], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate[0]))
    with serve({"/": PAGE}, host=PUBLIC, name="news.example", tls=certificate) as server:
        assert "news.example" in str(failure(visit(), server.url()))
        assert server.requests == []
