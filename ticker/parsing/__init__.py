"""A page is read here: its article and its timestamped headlines. See docs/parsing.md."""

from ticker.parsing.explain import explain
from ticker.parsing.page import Reading, parse_page, read_page

__all__ = ["READER", "Reading", "explain", "parse_page", "read_page"]

READER = 1
"""The revision of the parser, stored with each article that it reads.

Raise it by one in each release whose parser reads the title or the body of some article in another way. Versions read
by different revisions are then shown as re-read, and not as edits by the publisher.
"""
