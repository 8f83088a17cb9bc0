"""The command ``make fixtures``, which rewrites the expected results of pages; review them with ``git diff``."""

from __future__ import annotations

from tests import pages

for path in pages.page_files():
    answer = pages.expected(path)
    now = pages.read(path, answer["given"])
    if now != answer.get("page"):
        print(f"{path.name}: changed")
        pages.write(path, answer | {"page": now})
