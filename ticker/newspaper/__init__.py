"""The sample newspaper: a small site on a loopback port that changes as a real one does, and a tour on it.

``python -m ticker.newspaper`` (which ``make run`` calls) starts it and runs the real program against it. Towns,
people and events are invented. Nothing else in the program imports this package.
"""
