"""Tables of words, in several languages, that tell what a block of a page is."""
