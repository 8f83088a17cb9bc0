"""Time zones by IANA name, by country and by host name; and zone abbreviations."""

from __future__ import annotations

import zoneinfo
from datetime import datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from ticker.errors import TimeError
from ticker.times.countries import COUNTRY_SECOND_LEVELS, COUNTRY_ZONES, DOMAIN_COUNTRIES, SOLD_DOMAINS
from ticker.times.expressions import MONTH


def _hours(table: str) -> dict[str, timedelta]:
    pairs = (entry.split(":") for entry in table.split())
    return {letters: timedelta(hours=float(hours)) for letters, hours in pairs}


# Abbreviations with a fixed offset. If several zones share one, the most frequent on news pages: IST is India's,
# BST Britain's, CST and the like America's.
OFFSETS = _hours(
    "GMT:0 UTC:0 UT:0 Z:0 WET:0 WEST:1 CET:1 CEST:2 MEZ:1 MESZ:2 EET:2 EEST:3 BST:1 MSK:3 TRT:3 IRST:3.5 GST:4 PKT:5 "
    "IST:5.5 NPT:5.75 BDT:6 WIB:7 WITA:8 WIT:9 ICT:7 SGT:8 HKT:8 MYT:8 PHT:8 AWST:8 JST:9 KST:9 ACST:9.5 ACDT:10.5 "
    "AEST:10 AEDT:11 NZST:12 NZDT:13 WAT:1 CAT:2 SAST:2 EAT:3 NST:-3.5 NDT:-2.5 AST:-4 ADT:-3 EST:-5 EDT:-4 CST:-6 "
    "CDT:-5 MST:-7 MDT:-6 PST:-8 PDT:-7 AKST:-9 AKDT:-8 HST:-10 BRT:-3 ART:-3 CLT:-4 COT:-5 PET:-5"
)
# Abbreviations of zones whose offset depends on the date.
LETTER_ZONES = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
    "AET": "Australia/Sydney",
}


def zone_named(name: str) -> ZoneInfo:
    """Return the zone with an IANA name; raises TimeError, with a suggestion, if it does not exist."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        likely = _likely(name)
        hint = f"did you mean {likely}?" if likely else "use one such as Europe/Berlin or UTC"
        raise TimeError(f"invalid timezone {name[:60]!r}: not an IANA name; {hint}") from None


def zone_of_country(code: str) -> ZoneInfo | None:
    """Return the zone of a country by its ISO 3166 alpha-2 code; None if it has several or is unknown."""
    name = COUNTRY_ZONES.get(code.upper())
    return _cached(name) if name else None


def zone_of_host(host: str) -> ZoneInfo | None:
    """Return the zone of the country of a host's top-level domain; None if the country or its zone is unknown.

    >>> zone_of_host("www.spiegel.de")
    zoneinfo.ZoneInfo(key='Europe/Berlin')
    """
    labels = host.lower().rstrip(".").split(".")
    domain = labels[-1]
    if len(labels) < 2 or len(domain) != 2:
        return None
    if domain in SOLD_DOMAINS and not (len(labels) > 2 and labels[-2] in COUNTRY_SECOND_LEVELS):
        return None
    return zone_of_country(DOMAIN_COUNTRIES.get(domain, domain))


def has_offset(zone: tzinfo, offset: timedelta, moment: datetime) -> bool:
    """Return whether clocks in ``zone`` had ``offset`` in any of the twelve months up to ``moment`` (aware).

    Daylight saving time can be longer than half a year: two days half a year apart may both be in it.
    """
    return any((moment - months * MONTH).astimezone(zone).utcoffset() == offset for months in range(13))


@cache
def _cached(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except zoneinfo.ZoneInfoNotFoundError:  # a system whose tzdata is older than the country's zone
        return None


def _likely(name: str) -> str | None:
    """Return the zone that a misspelt name, a town ("casablanca"), "ET" or a country code ("MA") may mean."""
    import difflib

    wanted = name.strip().replace(" ", "_").lower()
    letters = wanted.upper()
    if letters in LETTER_ZONES or letters in COUNTRY_ZONES:
        return LETTER_ZONES.get(letters) or COUNTRY_ZONES[letters]
    known = {zone.lower(): zone for zone in sorted(zoneinfo.available_timezones())}
    towns = {zone.rpartition("/")[2].lower(): zone for zone in known.values()}
    for names in (known, towns):
        close = difflib.get_close_matches(wanted, names, n=1, cutoff=0.75)
        if close:
            return names[close[0]]
    return None
