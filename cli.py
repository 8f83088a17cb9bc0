"""The ``ticker`` command, run from a checkout: ``python cli.py fetch ...``."""

from ticker.__main__ import main

if __name__ == "__main__":
    main()
