"""Fuzzing targets: the seeds, invariants and time limits of each part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.fuzzing import answers, archives, configuration, moments, outputs, pages


@dataclass(frozen=True)
class Target:
    """A part that reads untrusted input.

    ``check`` raises for bytes that reveal a fault. Mutations insert ``words`` and cut inputs to ``longest`` bytes. The
    time limit of an input is ``base`` seconds of CPU time and ``slope`` more per 1,000 bytes, about ten times the usual
    time.
    """

    name: str
    check: Callable[[bytes], None]
    seeds: Callable[[], list[bytes]]
    words: Sequence[bytes]
    longest: int = 1 << 15
    base: float = 0.5
    slope: float = 0.02


TARGETS = {
    target.name: target
    for target in (
        Target("parse_page", pages.check_page, pages.page_seeds, pages.WORDS),
        Target("encoding", pages.check_encoding, pages.encoding_seeds, (*pages.ENCODING_WORDS, *pages.WORDS[:40])),
        Target("times", moments.check, moments.seeds, moments.WORDS, longest=1 << 11, base=0.3, slope=0.2),
        Target("archive", archives.check_archive, archives.archive_seeds, archives.ARCHIVE_WORDS, base=1.0),
        Target("query", archives.check_query, archives.query_seeds, archives.QUERY_WORDS, longest=1 << 10, base=1.0),
        Target("config", configuration.check, configuration.seeds, configuration.WORDS, longest=1 << 12, base=0.7),
        Target("import", archives.check_import, archives.import_seeds, archives.ARCHIVE_WORDS, base=1.0),
        Target("output", outputs.check, outputs.seeds, (*outputs.WORDS, *archives.ARCHIVE_WORDS), base=1.0, slope=0.05),
        Target("http", answers.check, answers.seeds, answers.WORDS, base=0.7),
    )
}
