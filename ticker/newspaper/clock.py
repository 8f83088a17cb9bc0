"""The newspaper's clock, in a time zone where midnight has just passed."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

# One zone for each whole-hour UTC offset, without daylight saving time. At any time it is between 1:00 and 2:00 in one
# of them: the last edition is past, and the list has entries from before midnight. So the tour can use real time.
_HARBOURS = (
    "Pacific/Pago_Pago Pacific/Honolulu Pacific/Gambier Pacific/Pitcairn America/Hermosillo America/Costa_Rica "
    "America/Jamaica America/Puerto_Rico America/Sao_Paulo America/Noronha Atlantic/Cape_Verde Atlantic/Reykjavik "
    "Africa/Lagos Africa/Maputo Africa/Dar_es_Salaam Asia/Dubai Asia/Karachi Asia/Dhaka Asia/Bangkok Asia/Singapore "
    "Asia/Tokyo Australia/Brisbane Pacific/Noumea Pacific/Tarawa"
)


def last_midnight(now: datetime) -> datetime:
    """Return the midnight one to two hours before ``now`` (aware), in the zone that has one."""
    local = next(local for local in map(now.astimezone, map(ZoneInfo, _HARBOURS.split())) if local.hour == 1)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)
