"""Tests of zones by name, by country and by host."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, datetime, timedelta

import pytest

from ticker.errors import TimeError
from ticker.times.zones import ABBREVIATED_ZONES, COUNTRY_ZONES, has_offset, zone_by_name, zone_of_country, zone_of_host


def test_a_zone_by_its_name() -> None:
    assert zone_by_name("Africa/Casablanca").key == "Africa/Casablanca"
    assert zone_by_name("UTC").key == "UTC"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Europe/Berln", "Europe/Berlin"), ("europe/berlin", "Europe/Berlin"), ("Casablanca", "Africa/Casablanca"),
        ("new york", "America/New_York"), ("MA", "Africa/Casablanca"), ("ET", "America/New_York"),
    ],
)  # fmt: skip
def test_a_misspelt_name_is_answered_with_what_may_be_meant(name: str, meant: str) -> None:
    with pytest.raises(
        TimeError, match=f"invalid time zone {name!r}: not an IANA name; did you mean {meant}"
    ) as raised:
        zone_by_name(name)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "name", ["", " ", "../x", "/etc/passwd", "Europe", "a\0b", "x" * 5000, "Foo/Bar", "\n", "Ünter/Den"]
)
def test_odd_names_are_answered_in_one_line(name: str) -> None:
    with pytest.raises(TimeError, match="not an IANA name") as raised:
        zone_by_name(name)
    assert len(str(raised.value)) < 200
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("MA", "Africa/Casablanca"),
        ("de", "Europe/Berlin"),
        ("GB", "Europe/London"),
        ("JP", "Asia/Tokyo"),
        ("ES", "Europe/Madrid"),
    ],
)
def test_countries_of_one_clock(code: str, zone: str) -> None:
    found = zone_of_country(code)
    assert found is not None
    assert found.key == zone


@pytest.mark.parametrize("code", ["US", "CA", "AU", "BR", "RU", "MX", "ID", "XX", "", "Germany"])
def test_countries_of_several_clocks_and_none(code: str) -> None:
    assert zone_of_country(code) is None


def test_every_zone_of_the_tables_exists() -> None:
    known = zoneinfo.available_timezones()
    assert {*COUNTRY_ZONES.values(), *ABBREVIATED_ZONES.values()} <= known
    assert all(len(code) == 2 and code.isupper() for code in COUNTRY_ZONES)


@pytest.mark.parametrize(
    ("host", "zone"),
    [
        ("www.spiegel.de", "Europe/Berlin"), ("www.bbc.co.uk", "Europe/London"), ("LEMONDE.FR", "Europe/Paris"),
        ("news.com.co", "America/Bogota"), ("www.hespress.ma.", "Africa/Casablanca"), ("yle.fi", "Europe/Helsinki"),
        ("elespectador.co", None), ("example.tv", None), ("example.io", None), ("bit.ly", None),
        ("en.walaw.press", None),
        ("cnn.com", None), ("abc.net.au", None), ("127.0.0.1", None), ("localhost", None), ("de", None),
        ("", None), ("[::1]", None),
    ],
)  # fmt: skip
def test_hosts(host: str, zone: str | None) -> None:
    found = zone_of_host(host)
    assert (found.key if found else None) == zone


@pytest.mark.parametrize(("month", "day"), [(1, 15), (4, 16), (7, 1), (10, 20)])
def test_a_zone_has_the_offsets_of_its_last_twelve_months(month: int, day: int) -> None:
    moment = datetime(2023, month, day, 15, tzinfo=UTC)
    madrid = zone_by_name("Europe/Madrid")
    assert has_offset(madrid, timedelta(hours=1), moment)
    assert has_offset(madrid, timedelta(hours=2), moment)
    assert not has_offset(madrid, timedelta(0), moment)
