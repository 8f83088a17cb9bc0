"""Read the title, dates and authors of an article."""
