"""Time zones: by IANA name, by country, by a host's domain; and the letters that clocks are written with."""

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


# Letters that name one offset. Where several zones share letters, the one most written on news pages: IST is India's,
# BST Britain's, CST and the like America's.
OFFSETS = _hours(
    "GMT:0 UTC:0 UT:0 Z:0 WET:0 WEST:1 CET:1 CEST:2 MEZ:1 MESZ:2 EET:2 EEST:3 BST:1 MSK:3 TRT:3 IRST:3.5 GST:4 PKT:5 "
    "IST:5.5 NPT:5.75 BDT:6 WIB:7 WITA:8 WIT:9 ICT:7 SGT:8 HKT:8 MYT:8 PHT:8 AWST:8 JST:9 KST:9 ACST:9.5 ACDT:10.5 "
    "AEST:10 AEDT:11 NZST:12 NZDT:13 WAT:1 CAT:2 SAST:2 EAT:3 NST:-3.5 NDT:-2.5 AST:-4 ADT:-3 EST:-5 EDT:-4 CST:-6 "
    "CDT:-5 MST:-7 MDT:-6 PST:-8 PDT:-7 AKST:-9 AKDT:-8 HST:-10 BRT:-3 ART:-3 CLT:-4 COT:-5 PET:-5"
)
# Letters that name a zone, whose offset the day decides.
LETTER_ZONES = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
    "AET": "Australia/Sydney",
}


def zone_named(name: str) -> ZoneInfo:
    """The zone with the IANA name ``name``; raises TimeError, with what may have been meant, where there is none."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        likely = _likely(name)
        hint = f"; did you mean {likely}?" if likely else "; an IANA name such as Europe/Berlin or UTC is needed"
        raise TimeError(f"{name[:60]!r} is no time zone{hint}") from None


def zone_of_country(code: str) -> ZoneInfo | None:
    """The zone of the country with the ISO 3166 code ``code``; None where it has several, or is none."""
    name = COUNTRY_ZONES.get(code.upper())
    return _cached(name) if name else None


def zone_of_host(host: str) -> ZoneInfo | None:
    """The zone of the country whose top-level domain ``host`` has; None where that tells no country, or no zone.

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

    Summer time can be shorter or longer than half a year, so that two days half a year apart may both lie in it.
    """
    return any((moment - months * MONTH).astimezone(zone).utcoffset() == offset for months in range(13))


@cache
def _cached(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except zoneinfo.ZoneInfoNotFoundError:  # a system whose tzdata is older than the country's zone
        return None


def _likely(name: str) -> str | None:
    """The zone that a misspelt ``name``, a town ("casablanca") letters ("ET") or a country's code ("MA") may mean."""
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
