"""The command ``make fixtures``: rewrite the expected answers of pages and the transcripts; review with git diff."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests import pages
from tests.cli import transcripts

for path in pages.page_files():
    answer = pages.expected(path)
    now = pages.read(path, answer["given"])
    if now != answer.get("page"):
        print(f"{path.name}: changed")
        pages.write(path, answer | {"page": now})

for path in transcripts.files():
    was = path.read_text(encoding="utf-8")
    with TemporaryDirectory() as folder:
        transcript = transcripts.replay(was, Path(folder).resolve())
    if transcript != was:
        print(f"{path.name}: changed")
        path.write_text(transcript, encoding="utf-8")
