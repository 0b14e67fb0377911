"""A clerk's form becomes a Word file."""
