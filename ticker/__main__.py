"""``python -m ticker`` is the ``ticker`` command."""

from ticker.commands import main

if __name__ == "__main__":
    main()
