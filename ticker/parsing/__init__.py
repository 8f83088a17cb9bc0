"""Parse a page into its article and its timestamped headlines; docs/parsing.md describes the steps."""

from ticker.parsing.explain import explain
from ticker.parsing.page import ParseTrace, parse_page, trace_page

__all__ = ["PARSER_REVISION", "ParseTrace", "explain", "parse_page", "trace_page"]

PARSER_REVISION = 1
"""The revision of the parser, stored with each article that it parses.

Increase it by one in each release that changes how the title or the body of any article is parsed. Two versions of an
article parsed by different revisions are then shown as parsed again, not as edited by the publisher.
"""
