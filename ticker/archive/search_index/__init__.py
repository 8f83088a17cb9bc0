"""The derived index, which proposes candidate lines for a search or lookup; see ``docs/index.md``."""

from ticker.archive.search_index.index import Index

__all__ = ["Index"]
