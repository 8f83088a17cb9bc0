"""A page is read here: its article and its timestamped headlines. See docs/parsing.md."""

from ticker.parsing.explain import explain
from ticker.parsing.page import Reading, parse_page, read_page

__all__ = ["Reading", "explain", "parse_page", "read_page"]
