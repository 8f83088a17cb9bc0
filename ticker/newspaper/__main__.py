"""The command ``python -m ticker.newspaper``, which runs the tour."""

import sys

from ticker.newspaper.tour import main

if __name__ == "__main__":
    sys.exit(main())
