"""Help for the pages."""
