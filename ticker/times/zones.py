"""Time zones: by IANA name, by country or host, and by the abbreviations that clocks are written with."""

from __future__ import annotations

import zoneinfo
from datetime import datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from ticker.errors import TimeError

# Defined again because every command loads this module, and ``expressions`` takes longer to load than all of it.
_MONTH = timedelta(days=365) / 12

# ISO 3166 alpha-2 code and IANA zone, from tzdata's zone.tab, of every country with one time zone. Remote islands
# and provinces (the Canaries, the Azores, Easter Island, Galápagos, Chatham, Xinjiang, Khovd) do not count:
# newspapers use the capital's time. The table omits Australia, Brazil, Canada, Congo (DR), Indonesia, Kiribati,
# Mexico, Micronesia, Russia and the United States, where newspapers use the time of their own town.
COUNTRY_ZONES = dict(
    entry.split(":")
    for entry in """
AD:Europe/Andorra AE:Asia/Dubai AF:Asia/Kabul AG:America/Antigua AI:America/Anguilla AL:Europe/Tirane AM:Asia/Yerevan
AO:Africa/Luanda AR:America/Argentina/Buenos_Aires AS:Pacific/Pago_Pago AT:Europe/Vienna AW:America/Aruba
AX:Europe/Mariehamn AZ:Asia/Baku BA:Europe/Sarajevo BB:America/Barbados BD:Asia/Dhaka BE:Europe/Brussels
BF:Africa/Ouagadougou BG:Europe/Sofia BH:Asia/Bahrain BI:Africa/Bujumbura BJ:Africa/Porto-Novo
BL:America/St_Barthelemy BM:Atlantic/Bermuda BN:Asia/Brunei BO:America/La_Paz BQ:America/Kralendijk BS:America/Nassau
BT:Asia/Thimphu BW:Africa/Gaborone BY:Europe/Minsk BZ:America/Belize CC:Indian/Cocos CF:Africa/Bangui
CG:Africa/Brazzaville CH:Europe/Zurich CI:Africa/Abidjan CK:Pacific/Rarotonga CL:America/Santiago CM:Africa/Douala
CN:Asia/Shanghai CO:America/Bogota CR:America/Costa_Rica CU:America/Havana CV:Atlantic/Cape_Verde CW:America/Curacao
CY:Asia/Nicosia CZ:Europe/Prague DE:Europe/Berlin DJ:Africa/Djibouti DK:Europe/Copenhagen DM:America/Dominica
DO:America/Santo_Domingo DZ:Africa/Algiers EC:America/Guayaquil EE:Europe/Tallinn EG:Africa/Cairo EH:Africa/El_Aaiun
ER:Africa/Asmara ES:Europe/Madrid ET:Africa/Addis_Ababa FI:Europe/Helsinki FJ:Pacific/Fiji FK:Atlantic/Stanley
FO:Atlantic/Faroe FR:Europe/Paris GA:Africa/Libreville GB:Europe/London GD:America/Grenada GE:Asia/Tbilisi
GF:America/Cayenne GG:Europe/Guernsey GH:Africa/Accra GI:Europe/Gibraltar GL:America/Nuuk GM:Africa/Banjul
GN:Africa/Conakry GP:America/Guadeloupe GQ:Africa/Malabo GR:Europe/Athens GT:America/Guatemala GU:Pacific/Guam
GW:Africa/Bissau GY:America/Guyana HK:Asia/Hong_Kong HN:America/Tegucigalpa HR:Europe/Zagreb HT:America/Port-au-Prince
HU:Europe/Budapest IE:Europe/Dublin IL:Asia/Jerusalem IM:Europe/Isle_of_Man IN:Asia/Kolkata IQ:Asia/Baghdad
IR:Asia/Tehran IS:Atlantic/Reykjavik IT:Europe/Rome JE:Europe/Jersey JM:America/Jamaica JO:Asia/Amman JP:Asia/Tokyo
KE:Africa/Nairobi KG:Asia/Bishkek KH:Asia/Phnom_Penh KM:Indian/Comoro KN:America/St_Kitts KP:Asia/Pyongyang
KR:Asia/Seoul KW:Asia/Kuwait KY:America/Cayman KZ:Asia/Almaty LA:Asia/Vientiane LB:Asia/Beirut LC:America/St_Lucia
LI:Europe/Vaduz LK:Asia/Colombo LR:Africa/Monrovia LS:Africa/Maseru LT:Europe/Vilnius LU:Europe/Luxembourg
LV:Europe/Riga LY:Africa/Tripoli MA:Africa/Casablanca MC:Europe/Monaco MD:Europe/Chisinau ME:Europe/Podgorica
MF:America/Marigot MG:Indian/Antananarivo MH:Pacific/Majuro MK:Europe/Skopje ML:Africa/Bamako MM:Asia/Yangon
MN:Asia/Ulaanbaatar MO:Asia/Macau MP:Pacific/Saipan MQ:America/Martinique MR:Africa/Nouakchott MS:America/Montserrat
MT:Europe/Malta MU:Indian/Mauritius MV:Indian/Maldives MW:Africa/Blantyre MY:Asia/Kuala_Lumpur MZ:Africa/Maputo
NA:Africa/Windhoek NC:Pacific/Noumea NE:Africa/Niamey NF:Pacific/Norfolk NG:Africa/Lagos NI:America/Managua
NL:Europe/Amsterdam NO:Europe/Oslo NP:Asia/Kathmandu NR:Pacific/Nauru NU:Pacific/Niue NZ:Pacific/Auckland
OM:Asia/Muscat PA:America/Panama PE:America/Lima PF:Pacific/Tahiti PG:Pacific/Port_Moresby PH:Asia/Manila
PK:Asia/Karachi PL:Europe/Warsaw PM:America/Miquelon PR:America/Puerto_Rico PS:Asia/Gaza PT:Europe/Lisbon
PW:Pacific/Palau PY:America/Asuncion QA:Asia/Qatar RE:Indian/Reunion RO:Europe/Bucharest RS:Europe/Belgrade
RW:Africa/Kigali SA:Asia/Riyadh SB:Pacific/Guadalcanal SC:Indian/Mahe SD:Africa/Khartoum SE:Europe/Stockholm
SG:Asia/Singapore SH:Atlantic/St_Helena SI:Europe/Ljubljana SK:Europe/Bratislava SL:Africa/Freetown
SM:Europe/San_Marino SN:Africa/Dakar SO:Africa/Mogadishu SR:America/Paramaribo SS:Africa/Juba ST:Africa/Sao_Tome
SV:America/El_Salvador SX:America/Lower_Princes SY:Asia/Damascus SZ:Africa/Mbabane TC:America/Grand_Turk
TD:Africa/Ndjamena TG:Africa/Lome TH:Asia/Bangkok TJ:Asia/Dushanbe TK:Pacific/Fakaofo TL:Asia/Dili TM:Asia/Ashgabat
TN:Africa/Tunis TO:Pacific/Tongatapu TR:Europe/Istanbul TT:America/Port_of_Spain TV:Pacific/Funafuti TW:Asia/Taipei
TZ:Africa/Dar_es_Salaam UA:Europe/Kyiv UG:Africa/Kampala UY:America/Montevideo UZ:Asia/Tashkent VA:Europe/Vatican
VC:America/St_Vincent VE:America/Caracas VG:America/Tortola VI:America/St_Thomas VN:Asia/Ho_Chi_Minh VU:Pacific/Efate
WF:Pacific/Wallis WS:Pacific/Apia XK:Europe/Belgrade YE:Asia/Aden YT:Indian/Mayotte ZA:Africa/Johannesburg
ZM:Africa/Lusaka ZW:Africa/Harare
""".split()
)

# Country-code domains that are sold worldwide and do not identify a country: tv for television, io and ai for
# technology, fm for radio, me, co for companies, free ones such as tk and ml.
SOLD_DOMAINS = frozenset(
    """
ac ag ai as bz cc cd cf co cx dj fm ga gg gl gq gs im io je la ly me ml mp ms mu nf nr nu pn pw sc sh so sr st sx
tc tf tk tl tm to tv vc vg vi vu ws yt
""".split()
)

# Second-level domains that registries reserve for their own country: news.com.co is Colombian.
COUNTRY_SECOND_LEVELS = frozenset("com net org gov gob gouv edu co ac news press".split())

# Country domains that differ from the ISO 3166 code.
DOMAIN_COUNTRIES = {"uk": "GB"}

# Abbreviations of zones whose offset depends on the date.
ABBREVIATED_ZONES = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
    "AET": "Australia/Sydney",
}


def _hours(table: str) -> dict[str, timedelta]:
    pairs = (entry.split(":") for entry in table.split())
    return {letters: timedelta(hours=float(hours)) for letters, hours in pairs}


# Abbreviations with a fixed offset. If several zones share one, the most frequent on news pages: IST is India's,
# BST Britain's, CST and the like America's.
ABBREVIATED_OFFSETS = _hours(
    "GMT:0 UTC:0 UT:0 Z:0 WET:0 WEST:1 CET:1 CEST:2 MEZ:1 MESZ:2 EET:2 EEST:3 BST:1 MSK:3 TRT:3 IRST:3.5 GST:4 PKT:5 "
    "IST:5.5 NPT:5.75 BDT:6 WIB:7 WITA:8 WIT:9 ICT:7 SGT:8 HKT:8 MYT:8 PHT:8 AWST:8 JST:9 KST:9 ACST:9.5 ACDT:10.5 "
    "AEST:10 AEDT:11 NZST:12 NZDT:13 WAT:1 CAT:2 SAST:2 EAT:3 NST:-3.5 NDT:-2.5 AST:-4 ADT:-3 EST:-5 EDT:-4 CST:-6 "
    "CDT:-5 MST:-7 MDT:-6 PST:-8 PDT:-7 AKST:-9 AKDT:-8 HST:-10 BRT:-3 ART:-3 CLT:-4 COT:-5 PET:-5"
)


def zone_by_name(name: str) -> ZoneInfo:
    """Return the zone with an IANA name; raises TimeError, with a suggestion, if it does not exist."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        likely = _likely(name)
        hint = f"did you mean {likely}?" if likely else "use one such as Europe/Berlin or UTC"
        raise TimeError(f"invalid time zone {name[:60]!r}: not an IANA name; {hint}") from None


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
    return any((moment - months * _MONTH).astimezone(zone).utcoffset() == offset for months in range(13))


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
    if letters in ABBREVIATED_ZONES or letters in COUNTRY_ZONES:
        return ABBREVIATED_ZONES.get(letters) or COUNTRY_ZONES[letters]
    known = {zone.lower(): zone for zone in sorted(zoneinfo.available_timezones())}
    towns = {zone.rpartition("/")[2].lower(): zone for zone in known.values()}
    for names in (known, towns):
        close = difflib.get_close_matches(wanted, names, n=1, cutoff=0.75)
        if close:
            return names[close[0]]
    return None


def to_zone(moment: datetime, zone: tzinfo) -> datetime:
    """Return ``moment`` in ``zone``; unchanged within hours of the limits of ``datetime``."""
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return moment
