"""``python -m ticker`` is the ``ticker`` command."""

from __future__ import annotations

import signal
from typing import NoReturn


def main() -> NoReturn:
    """Runs the program on the process's arguments, and exits with its status."""
    # Until the program is loaded, Ctrl-C ends it as it ends any other: in silence, and with no traceback.
    is_heeded = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if is_heeded:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from ticker import commands

    if is_heeded:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    commands.main()


if __name__ == "__main__":
    main()
