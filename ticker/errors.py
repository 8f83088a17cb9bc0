"""The exceptions of the library. The command line turns each into one line on stderr and an exit status.

::

    TickerError                  something that a user or a web page can cause
    ├── UsageError               the caller asked for what cannot be (exit status 2)
    │   ├── TimeError            a time, age or zone that is not understood
    │   ├── PatternError         a search pattern that is not understood
    │   └── SettingsError        a configuration that is not understood
    ├── FetchError               a page that did not come in
    │   ├── AddressError         an address that nothing can be fetched from
    │   ├── ConnectionFailed     DNS, refused connection, TLS, timeout, broken answer
    │   ├── HttpError            an answer with a status that is no page
    │   ├── NotAPage             an answer that is no HTML or text
    │   ├── TooLarge             an answer above the size limit
    │   └── RobotsDenied         robots.txt asks not to fetch the address
    ├── ParseError               a page that nothing can be read from
    │   ├── NothingFound         a page that shows neither headlines nor an article
    │   └── SelectorError        a CSS selector that is not understood
    ├── ExportError              a file that cannot be written, or a format whose library is missing
    └── ArchiveError             an archive that cannot be read or written
        ├── WriteFailed          it cannot be written: the disk is full, read-only or broken (exit status 1)
        ├── UnreadableFile       a file of it: the others can be read
        │   └── DamagedFile      a compressed file, or a part of one
        └── NotFound             no such headline or article
"""

from __future__ import annotations

import sys

DISTRIBUTION = "newsticker"
"""The name under which the program is installed; the package and the command are called ticker."""


def install_hint(package: str) -> str:
    """Return how a package that is missing is installed where this program runs.

    The package is named itself, and no extra of this program: where the program is not installed, its name may be
    somebody else's.
    """
    return (
        f"'pipx inject {DISTRIBUTION} {package}' or '{sys.executable or 'python'} -m pip install {package}' installs it"
    )


class TickerError(Exception):
    """Something that a user or a web page can cause; its text is one line that says what and where."""

    exit_status = 1


class UsageError(TickerError):
    """The caller asked for what cannot be."""

    exit_status = 2


class TimeError(UsageError):
    """A time, age or zone that is not understood."""


class PatternError(UsageError):
    """A search pattern that is not understood."""


class SettingsError(UsageError):
    """A configuration that is not understood."""


class FetchError(TickerError):
    """A page that did not come in.

    ``cause`` is the short name of what went wrong ("DNS", "refused", "HTTP 404", "not HTML", ...). ``wait`` are the
    seconds after which the server asks to come again, None where it does not say.
    """

    wait: float | None = None

    def __init__(self, message: str, cause: str = "") -> None:
        super().__init__(message)
        self.cause = cause or message


class AddressError(FetchError):
    """An address that nothing can be fetched from."""


class ConnectionFailed(FetchError):
    """DNS, a refused connection, TLS, a timeout or a broken answer."""


class HttpError(FetchError):
    """An answer with a status that is no page; ``status`` is its number."""

    def __init__(self, message: str, cause: str = "", status: int = 0) -> None:
        super().__init__(message, cause)
        self.status = status


class NotAPage(FetchError):
    """An answer that is no HTML or text."""


class TooLarge(FetchError):
    """An answer above the size limit."""


class RobotsDenied(FetchError):
    """robots.txt asks not to fetch the address."""


class ParseError(TickerError):
    """A page that nothing can be read from."""


class NothingFound(ParseError):
    """A page that came in and shows neither headlines nor an article.

    ``cause`` is the short name of what it shows in their place, or "not read"; ``reason`` is the likely reason, ""
    where none is known; ``led_to`` is the address that the page's leads to, "" where that is its own.
    """

    def __init__(self, message: str, cause: str = "not read", reason: str = "", led_to: str = "") -> None:
        super().__init__(message)
        self.cause = cause
        self.reason = reason
        self.led_to = led_to


class SelectorError(ParseError):
    """A CSS selector that is not understood."""

    exit_status = 2


class ExportError(TickerError):
    """A file that cannot be written, or a format whose library is missing."""

    exit_status = 2


class ArchiveError(TickerError):
    """An archive that cannot be read or written."""

    exit_status = 2


class WriteFailed(ArchiveError):
    """An archive that cannot be written: it is as before."""

    exit_status = 1


class UnreadableFile(ArchiveError):
    """A file of an archive that cannot be read: the one at ``path``, for a ``reason``."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"cannot read {path}: {reason}")
        self.path = path
        self.reason = reason


class DamagedFile(UnreadableFile):
    """A compressed file of an archive that is not what it should be, or a part of one."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.args = (f"{path} is {reason}",)


class NotFound(ArchiveError):
    """No such headline or article."""

    exit_status = 1
