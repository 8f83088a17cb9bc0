"""Fault injection: a chosen system call that writes fails, or kills the process (see ``faults.c``)."""

from __future__ import annotations

import errno
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("faults.c")
COMPILER = shutil.which("cc")
KILL = 0
ERRORS = {"ENOSPC": errno.ENOSPC, "EIO": errno.EIO, "EDQUOT": errno.EDQUOT, "EROFS": errno.EROFS}


def compiled(folder: Path) -> Path:
    """Compile the library that makes calls fail, in ``folder``, and return its path."""
    assert COMPILER, "faults are injected by a library in C: this machine has no C compiler"
    library = folder / "faults.so"
    command = [COMPILER, "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE), "-ldl"]
    subprocess.run(command, check=True, timeout=60)
    return library


@dataclass(frozen=True)
class Fault:
    """Call number ``at`` on files below ``under`` fails with ``error``, or kills the process if that is KILL.

    With ``lasting``, later calls that need disk space fail too.
    """

    library: Path
    under: Path
    at: int = 0
    error: int = KILL
    lasting: bool = False
    log: Path | None = None

    def environment(self) -> Mapping[str, str]:
        return {
            "LD_PRELOAD": str(self.library),
            "FAULT_UNDER": str(self.under),
            "FAULT_AT": str(self.at),
            "FAULT_ERRNO": str(self.error),
            "FAULT_ALWAYS": str(int(self.lasting)),
            **({"FAULT_LOG": str(self.log)} if self.log else {}),
        }
