"""Writes what is expected of the program anew: ``make fixtures``, then review it with ``git diff``.

That is the answer beside each fixture page, and the transcript of each scenario.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests import pages
from tests.commands import transcripts

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
