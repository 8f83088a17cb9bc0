"""The exceptions of the library, each with the exit status that the command line returns for it.

::

    exception                 status  cause
    TickerError                  1    any error that a user or a web page can cause
    ├── UsageError               2    an invalid argument, option or configuration
    │   ├── TimeError            2    an invalid time, age or time zone
    │   ├── PatternError         2    an invalid search pattern
    │   └── SettingsError        2    an invalid configuration file
    ├── FetchError               1    a page that could not be fetched
    │   ├── AddressError         1    a URL that cannot be fetched
    │   ├── ConnectionFailed     1    DNS, refused connection, TLS, timeout, malformed response
    │   ├── HttpError            1    a response with an HTTP error status
    │   ├── NotAPage             1    a response that is neither HTML nor text
    │   ├── TooLarge             1    a response above the size limit
    │   └── RobotsDenied         1    a URL that robots.txt disallows
    ├── ParseError               1    a page that could not be parsed
    │   ├── NothingFound         1    a page with neither headlines nor an article
    │   └── SelectorError        2    an invalid CSS selector
    ├── ExportError              2    a file that cannot be written, or a format whose library is missing
    └── ArchiveError             2    an archive that cannot be read or written
        ├── WriteFailed          1    an archive that cannot be written: the disk is full, read-only or broken
        ├── UnreadableFile       2    one file of an archive; the others can be read
        │   └── DamagedFile      2    a compressed file, or a part of one
        └── NotFound             1    no such headline or article
"""

from __future__ import annotations

import sys

DISTRIBUTION = "newsticker"
"""The name of the distribution to install; the package and the command are called ticker."""


def install_hint(package: str) -> str:
    """Return a hint that says how to install a missing package in this environment.

    The hint names the package itself, not an extra of this distribution: on a public index, the distribution's name
    may belong to another project.
    """
    return (
        f"'pipx inject {DISTRIBUTION} {package}' or '{sys.executable or 'python'} -m pip install {package}' installs it"
    )


class TickerError(Exception):
    """An error that a user or a web page can cause; its text is one line that says what is wrong and where."""

    exit_status = 1


class UsageError(TickerError):
    """An invalid argument, option or configuration."""

    exit_status = 2


class TimeError(UsageError):
    """An invalid time, age or time zone."""


class PatternError(UsageError):
    """An invalid search pattern."""


class SettingsError(UsageError):
    """An invalid configuration file."""


class FetchError(TickerError):
    """A page that could not be fetched.

    ``cause`` is the short name of the error ("DNS", "refused", "HTTP 404", "not HTML", ...). ``wait`` is the number of
    seconds after which the server asks for a retry, or None if it does not say.
    """

    wait: float | None = None

    def __init__(self, message: str, cause: str = "") -> None:
        super().__init__(message)
        self.cause = cause or message


class AddressError(FetchError):
    """A URL that cannot be fetched."""


class ConnectionFailed(FetchError):
    """A failure of DNS, connection or TLS, a timeout, or a malformed response."""


class HttpError(FetchError):
    """A response with an HTTP error status, kept in ``status``."""

    def __init__(self, message: str, cause: str = "", status: int = 0) -> None:
        super().__init__(message, cause)
        self.status = status


class NotAPage(FetchError):
    """A response that is neither HTML nor text."""


class TooLarge(FetchError):
    """A response above the size limit."""


class RobotsDenied(FetchError):
    """A URL that robots.txt disallows."""


class ParseError(TickerError):
    """A page that could not be parsed."""


class NothingFound(ParseError):
    """A fetched page with neither headlines nor an article.

    ``cause`` is the short name of what the page shows instead, or "not read". ``reason`` is the likely reason, or "" if
    unknown. ``redirected_to`` is the URL that the page's URL redirects to, or "" if there is no redirect.
    """

    def __init__(self, message: str, cause: str = "not read", reason: str = "", redirected_to: str = "") -> None:
        super().__init__(message)
        self.cause = cause
        self.reason = reason
        self.redirected_to = redirected_to


class SelectorError(ParseError):
    """An invalid CSS selector."""

    exit_status = 2


class ExportError(TickerError):
    """A file that cannot be written, or a format whose library is missing."""

    exit_status = 2


class ArchiveError(TickerError):
    """An archive that cannot be read or written."""

    exit_status = 2


class WriteFailed(ArchiveError):
    """An archive that cannot be written; it is unchanged."""

    exit_status = 1


class UnreadableFile(ArchiveError):
    """A file of an archive that cannot be read: its ``path`` and the ``reason``."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"cannot read {path}: {reason}")
        self.path = path
        self.reason = reason


class DamagedFile(UnreadableFile):
    """A compressed file of an archive, or a part of one, that is damaged."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.args = (f"{path} is {reason}",)


class NotFound(ArchiveError):
    """No such headline or article."""

    exit_status = 1
