"""A question in a clerk's words becomes a condition."""
