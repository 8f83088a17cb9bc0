"""The ``ticker`` command, also for ``python -m ticker``."""

from __future__ import annotations

import signal
from typing import NoReturn


def main() -> NoReturn:
    """Run the program on the process's arguments and exit with its status."""
    # Ctrl-C while modules are imported must end the process without a traceback.
    is_heeded = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if is_heeded:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from ticker.cli import main as commands

    if is_heeded:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    commands.main()


if __name__ == "__main__":
    main()
