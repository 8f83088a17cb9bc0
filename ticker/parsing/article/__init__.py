"""Find the body of an article."""
