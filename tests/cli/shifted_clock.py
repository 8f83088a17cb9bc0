"""A wrong or stopped clock: a ``sitecustomize`` module replaces Python's time functions before the program starts."""

from __future__ import annotations

import os
from datetime import datetime, timedelta

from tests.cli.desk import Desk

_SHIM = """
import copyreg, datetime, os, time

_SECONDS = int(os.environ.get("CLOCK_IS_AHEAD_BY", "0"))
_STANDS_AT = os.environ.get("CLOCK_STANDS_AT")
_true = {name: getattr(time, name) for name in ("time", "time_ns", "gmtime", "localtime")}
time.time = lambda: _true["time"]() + _SECONDS
if _STANDS_AT:
    _moment = datetime.datetime.fromisoformat(_STANDS_AT).timestamp()
    time.time = lambda: _moment
# This goes on: by it the archive tells whether somebody has written since.
time.time_ns = lambda: _true["time_ns"]() + _SECONDS * 10**9
time.gmtime = lambda *given: _true["gmtime"](*(given or (time.time(),)))
time.localtime = lambda *given: _true["localtime"](*(given or (time.time(),)))
_Datetime = datetime.datetime


class _Meta(type):
    def __instancecheck__(cls, value):
        return isinstance(value, _Datetime)


class datetime_(_Datetime, metaclass=_Meta):
    @classmethod
    def now(cls, tz=None):
        return _Datetime.fromtimestamp(time.time(), tz)

    @classmethod
    def utcnow(cls):
        return _Datetime.utcfromtimestamp(time.time())

    def __reduce_ex__(self, protocol):
        return datetime_.fromisoformat, (self.isoformat(),)


datetime_.__module__ = datetime_.__name__ = datetime_.__qualname__ = "datetime"
# Pages go to another process to be parsed, and a true datetime is found under its name no more.
copyreg.pickle(_Datetime, lambda value: (datetime_.fromisoformat, (value.isoformat(),)))
datetime.datetime = datetime_
"""


def set_clock(desk: Desk, ahead: timedelta) -> None:
    """Set the clock for later runs of the desk ahead by this much; 0 restores the right time."""
    desk.environment.pop("PYTHONPATH", None)
    desk.environment.pop("CLOCK_IS_AHEAD_BY", None)
    if ahead:
        _put_shim(desk)
        desk.environment["CLOCK_IS_AHEAD_BY"] = str(int(ahead.total_seconds()))


def stop_clock(desk: Desk, at: datetime) -> None:
    """Stop the clock for later runs of the desk at a known moment."""
    desk.environment.pop("PYTHONPATH", None)
    _put_shim(desk)
    desk.environment["CLOCK_STANDS_AT"] = at.isoformat()


def _put_shim(desk: Desk) -> None:
    folder = desk.folder / "shim"
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(_SHIM, encoding="utf-8")
    desk.environment["PYTHONPATH"] = os.pathsep.join([str(folder), desk.variables()["PYTHONPATH"]])
