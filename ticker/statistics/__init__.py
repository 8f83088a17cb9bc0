"""Statistics of an archive: counts by time and source, gaps, and rising words."""

from ticker.statistics.counting import Counts, SourceCounts
from ticker.statistics.gaps import Gap
from ticker.statistics.rising import Risen, Windows
from ticker.statistics.summary import Summary, summarize

__all__ = ["Counts", "Gap", "Risen", "SourceCounts", "Summary", "Windows", "summarize"]
