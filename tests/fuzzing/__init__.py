"""Fuzzing: for each part that reads what others wrote, seeds and what must hold whatever comes in.

``targets.py`` names the parts. ``test_fuzzing.py`` runs each for a moment in the ordinary suite, and
``python -m tests.stress.fuzz`` for as long as a person likes.
"""
