"""FTS5 expressions that propose every line that a search can match."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ticker.archive.search_index.tokenizer import UNREADABLE, grams, is_whole, pieces, source_key, spaced
from ticker.archive.terms import AnyOf, Needs, RequiredSource, RequiredText

# The most words that one fragment may expand to. A more frequent fragment would narrow the search too little.
MOST_WORDS = 400
SHORTEST_FRAGMENT = 2
_DEEPEST = 10  # nested expressions; the stack of SQLite's parser overflows at about 30
EDGE = "\n"

Expand = Callable[[str], "list[str] | None"]
"""Returns the words with a fragment, or None if too many; a newline at an end of it is the end of the word."""


def expression(needs: Needs, sources: Iterable[str], expand: Expand) -> str | None:
    """Return the FTS5 expression that proposes the lines; None if all lines must be read."""
    named = _any_of(quoted(source_key(source)) for source in sorted(sources))
    together = _all_of([_all_needed(needs, expand, _DEEPEST), named])
    return together and _any_of([together, quoted(UNREADABLE)])


def _all_needed(needs: Needs, expand: Expand, depth: int) -> str | None:
    return _all_of(_needed(need, expand, depth) for need in needs)


def _needed(need: RequiredText | RequiredSource | AnyOf, expand: Expand, depth: int) -> str | None:
    if isinstance(need, RequiredSource):
        return quoted(source_key(need.source))
    if isinstance(need, RequiredText):
        return _all_of(_clauses(need, expand))
    # Alternatives narrow the search only if each of them has an expression.
    asked = [_all_needed(alternative, expand, depth - 1) if depth else None for alternative in need.alternatives]
    return _any_of(asked) if None not in asked else None


def any_token(tokens: Iterable[str]) -> str | None:
    """Return the FTS5 expression for the rows with any of the tokens."""
    return _any_of(map(quoted, tokens))


def quoted(token: str) -> str:
    """Return a token as an FTS5 string."""
    return f'"{token}"'


def _clauses(need: RequiredText, expand: Expand) -> Iterator[str]:
    text = spaced(need.text)
    parts = list(pieces(text))
    for place, (piece, is_run) in enumerate(parts):
        is_open_before = place == 0 and not need.starts and text.startswith(piece)
        is_open_after = place == len(parts) - 1 and not need.ends and text.endswith(piece)
        if is_run:
            # The ends of a run are never ends of words.
            yield from _of_run(piece)
        elif not is_open_before and not is_open_after:
            yield quoted(piece)
        elif len(piece) >= SHORTEST_FRAGMENT:
            before, after = "" if is_open_before else EDGE, "" if is_open_after else EDGE
            words = expand(before + piece + after)
            if words is not None:
                yield _any_of(map(quoted, words)) or quoted(piece)


def _of_run(run: str) -> Iterator[str]:
    whole = [gram for gram in grams(run) if is_whole(gram)]
    if whole:
        yield from map(quoted, whole)
    else:
        yield f"{quoted(run)}*"


def _all_of(clauses: Iterable[str | None]) -> str | None:
    found = dict.fromkeys(clause for clause in clauses if clause)
    return f"({' AND '.join(found)})" if found else None


def _any_of(clauses: Iterable[str | None]) -> str | None:
    found = [clause for clause in clauses if clause]
    return f"({' OR '.join(found)})" if found else None
