"""``python -m ticker.newspaper``: the tour."""

import sys

from ticker.newspaper.tour import main

if __name__ == "__main__":
    sys.exit(main())
