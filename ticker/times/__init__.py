"""Times: texts become time expressions (``finder``), and expressions become moments (``resolve``, ``listing``).

``machine`` parses times in attributes, ``ranges`` what people type after ``--since``. No function reads the system
clock; the reference time is an argument. The word tables are compiled on first use.
"""
