"""Verify an archive and repair it."""
