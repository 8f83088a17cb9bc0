"""A full filesystem: ``python -m tests.stress.full``, half a minute.

Fetches and imports fill a 160 KB filesystem in memory, mounted in its own namespace, until one fails.
Needs Linux, and permission to create such a namespace.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from itertools import count
from pathlib import Path

from tests.cli.desk import ROOT, Desk
from tests.stress.scene import URL, line, lines_of, page

_MOUNT = 'mount -t tmpfs -o size=160k none "$0" && exec "$@"'
_FILLER = 40_000  # bytes that are freed at the end


def command(folder: Path) -> list[str]:
    """Return the command that runs ``inside`` with a small filesystem at ``folder``."""
    return ["unshare", "-rm", "sh", "-c", _MOUNT, str(folder), sys.executable, "-m", "tests.stress.full", str(folder)]


def is_possible() -> bool:
    """Return whether a user may mount a filesystem in a namespace on this machine."""
    if not shutil.which("unshare"):
        return False
    with tempfile.TemporaryDirectory() as folder:
        mounted = subprocess.run(
            ["unshare", "-rm", "sh", "-c", _MOUNT, folder, "true"], capture_output=True, check=False
        )
    return mounted.returncode == 0


def inside(folder: Path) -> str:
    """Fill the filesystem and return the error messages; raises AssertionError if a check fails."""
    elsewhere = Path(tempfile.mkdtemp())
    desk = Desk(folder)
    filler = folder / "filler"
    filler.write_bytes(bytes(_FILLER))
    acknowledged: set[str] = set()
    seen = []
    for action in ("fetch", "import"):
        for number in count():
            entries = [
                (f"2025-06-{1 + n:02}T10:00:00+00:00", f"Harbour {number} opens pier {n}" + " again" * 60)
                for n in range(9)
            ]
            saved, lines = elsewhere / "page.html", elsewhere / "more.jsonl"
            saved.write_text(page(entries))
            lines.write_text(
                "".join(line(f"A ferry more, {number}, {n}", f"2025-06-{1 + n:02}T11:00Z") for n in range(9))
            )
            what = [saved, "--url", URL, "--at", "2025-06-12 21:30"] if action == "fetch" else [lines]
            result = desk.run(action, *what, "--json", "-q", "--no-index", status=None)
            acknowledged.update(result.lines)
            if result.status:
                now = lines_of(desk)
                assert acknowledged == set(now), "what is stored is not what was acknowledged"
                assert max(now.values()) == 1, "a line is there twice"
                assert result.status == 1, result
                assert "No space left on device" in result.err, result
                assert len(result.err.splitlines()) == 1, result
                seen.append(f"{action}: {result.err.strip()}")
                break
    filler.unlink()
    for action, what in (("fetch", [saved, "--url", URL, "--at", "2025-06-12 21:30"]), ("import", [lines])):
        desk.run(action, *what, "-q")
    assert len(lines_of(desk)) > len(acknowledged)
    desk.run("compact", "-q", status=None)
    shutil.rmtree(elsewhere)
    return "\n".join(seen)


def main() -> None:
    if len(sys.argv) == 2:
        print(inside(Path(sys.argv[1])))
        return
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(subprocess.run(command(Path(folder)), cwd=ROOT, check=False).returncode)


if __name__ == "__main__":
    main()
