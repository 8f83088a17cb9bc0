"""Tables of the words that times are written with, in many languages."""
