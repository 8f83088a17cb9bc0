"""The exact output of every command; see transcripts.py, and review changes with ``git diff``."""

from __future__ import annotations

import re
from difflib import unified_diff
from pathlib import Path

import pytest

from tests.cli import transcripts
from ticker.cli.main import COMMANDS

ODD = r"""An opening.

$ cat > lines <<'END'
> $ one
> > two
> [status 3]
>
> END
[status 0]

$ cat lines
[stdout] $ one
[stdout] > two
[stdout] [status 3]

[status 0]
A remark.

$ printf 'ab\r\033'; printf '\n' >&2; exit 3
ab<CR><ESC>
[no newline at the end]
[stderr]
[status 3]
"""


@pytest.mark.parametrize("path", transcripts.files(), ids=lambda path: path.stem)
def test_commands_print_what_they_did(path: Path, tmp_path: Path) -> None:
    was = path.read_text(encoding="utf-8")
    now = transcripts.replay(was, tmp_path)
    if now != was:
        pytest.fail("\n".join(unified_diff(was.split("\n"), now.split("\n"), path.name, "now", lineterm="")), False)


def test_output_that_looks_like_more_of_a_transcript_is_told_apart(tmp_path: Path) -> None:
    assert transcripts.replay(ODD, tmp_path) == ODD


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_succeeds_fails_and_has_its_help_in_some_transcript(name: str) -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in transcripts.files())
    assert f"\n$ ticker {name} --help\n" in text
    ran = re.findall(rf"^(?:tty)?\$ (?:.*[ |])?ticker {name}\b(?:.*\n)*?\[status (\d+)\]", text, re.MULTILINE)
    assert "0" in ran and set(ran) != {"0"}
