"""The settings of a run, in one frozen object."""

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

    ``archive`` is the archive's folder. ``path`` is the configuration file, which need not exist. ``sources`` are in
    the file's order. ``jobs`` is the number of hosts fetched from at a time. ``timezone`` is the IANA name of the zone
    for displaying and parsing times, None for the system's zone. ``log_file`` is None for no log.
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
        """Return the folder of the state files."""
        return self.archive / ".state"

    def source(self, name: str) -> Source | None:
        """Return the source with that name, or None."""
        return next((source for source in self.sources if source.name == name), None)

    def source_of(self, url: str) -> Source:
        """Return the source that the page at ``url`` belongs to.

        That is the configured source with this URL, or else a new source named after the host. A new source takes the
        time zone, the selectors and ``allow_private`` from the sources configured on that host, if these agree.
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
