"""The newspaper's clock: a town where midnight has just passed, at whatever time the tour is taken."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

# A place with a harbour for each whole hour of the clock, none of which changes it in summer. At any moment it is
# between one and two at night in one of them: late enough for the night's news to be past, early enough to have
# seen midnight pass. The newspaper is printed there, so that the tour runs at once and on real time.
_HARBOURS = (
    "Pacific/Pago_Pago Pacific/Honolulu Pacific/Gambier Pacific/Pitcairn America/Hermosillo America/Costa_Rica "
    "America/Jamaica America/Puerto_Rico America/Sao_Paulo America/Noronha Atlantic/Cape_Verde Atlantic/Reykjavik "
    "Africa/Lagos Africa/Maputo Africa/Dar_es_Salaam Asia/Dubai Asia/Karachi Asia/Dhaka Asia/Bangkok Asia/Singapore "
    "Asia/Tokyo Australia/Brisbane Pacific/Noumea Pacific/Tarawa"
)


def last_midnight(now: datetime) -> datetime:
    """The midnight that has passed one or two hours ago at ``now`` (aware), in the zone where it has."""
    local = next(local for local in map(now.astimezone, map(ZoneInfo, _HARBOURS.split())) if local.hour == 1)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)
