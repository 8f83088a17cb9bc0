"""Find lists of timestamped headlines on a page."""
