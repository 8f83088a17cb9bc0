"""The command ``python -m ticker.demo``, which runs the tour."""

import sys

from ticker.demo.tour import main

if __name__ == "__main__":
    sys.exit(main())
