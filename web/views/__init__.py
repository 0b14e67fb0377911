"""One thin view for each page."""
