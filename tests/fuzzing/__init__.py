"""Fuzzing: seeds and invariants for each part that reads untrusted input.

``targets.py`` lists the parts. ``test_fuzzing.py`` runs each briefly in the normal test suite, and
``python -m tests.stress.fuzz`` for any time.
"""
