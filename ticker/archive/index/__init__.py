"""The derived index: it proposes the lines that may be wanted, so that not all need to be read.

``docs/index.md`` describes it.
"""

from ticker.archive.index.database import Mark
from ticker.archive.index.index import Index

__all__ = ["Index", "Mark"]
