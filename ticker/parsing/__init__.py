"""Parse a page into its article and its timestamped headlines; docs/parsing.md describes the steps."""

from ticker.parsing.explain import explain
from ticker.parsing.page import Reading, parse_page, read_page

__all__ = ["READER", "Reading", "explain", "parse_page", "read_page"]

READER = 1
"""The revision of the parser, stored with each article that it parses.

Increase it by one in each release that changes how the title or the body of any article is parsed. Two versions of an
article parsed by different revisions are then shown as parsed again, not as edited by the publisher.
"""
