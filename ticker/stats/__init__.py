"""Statistics of an archive: counts by time and source, gaps, and rising words."""

from ticker.stats.gaps import Gap
from ticker.stats.rising import RisingWord, Windows
from ticker.stats.summary import Counts, SourceCounts, Summary, summarize

__all__ = ["Counts", "Gap", "RisingWord", "SourceCounts", "Summary", "Windows", "summarize"]
