"""A page is read here: its article and its timestamped headlines. See docs/parsing.md."""
