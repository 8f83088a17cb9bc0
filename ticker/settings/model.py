"""``Settings``: everything that a run is told, in one frozen object."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ticker import addresses
from ticker.settings.fetching import FetchSettings
from ticker.settings.sources import Selectors, Source

DEFAULT_JOBS = 4


@dataclass(frozen=True, slots=True)
class Settings:
    """The configuration of a run.

    ``archive`` is the folder that is written and read, ``sources`` what is configured, in the file's order.
    ``jobs`` is how many hosts are fetched from at a time. ``timezone`` is the IANA name of the zone in which
    times are shown and understood, None for the machine's own. ``log_file`` is where what is done is logged, None for
    nowhere. ``path`` is the file that was read, which need not exist.
    """

    archive: Path
    path: Path
    sources: tuple[Source, ...] = ()
    fetching: FetchSettings = field(default_factory=FetchSettings)
    jobs: int = DEFAULT_JOBS
    timezone: str | None = None
    log_file: Path | None = None

    @property
    def state(self) -> Path:
        """The folder of what is remembered between runs."""
        return self.archive / ".state"

    def source(self, name: str) -> Source | None:
        """The source of that name."""
        return next((source for source in self.sources if source.name == name), None)

    def source_of(self, url: str) -> Source:
        """The source that the page at ``url`` belongs to.

        That is the configured source of this address, or else one named after the address's host. The latter
        takes its time zone, its selectors and whether it may be private from the sources configured on that host,
        where these agree.
        """
        address = addresses.canonical(url)
        for source in self.sources:
            if addresses.canonical(source.url) == address:
                return source
        host = addresses.host(url)
        there = [source for source in self.sources if addresses.host(source.url) == host]
        zones = {source.timezone for source in there}
        selectors = {source.selectors for source in there}
        return Source(
            name=host,
            url=url,
            timezone=zones.pop() if len(zones) == 1 else None,
            selectors=selectors.pop() if len(selectors) == 1 else Selectors(),
            allow_private=bool(there) and all(source.allow_private for source in there),
        )
