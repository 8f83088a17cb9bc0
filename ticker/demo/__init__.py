"""A sample news site on a loopback port that changes over time, and a tour of the program with it.

``python -m ticker.demo`` (called by ``make run``) starts the site and runs the real program against it. Towns,
people and events are invented. Nothing else in the program imports this package.
"""
