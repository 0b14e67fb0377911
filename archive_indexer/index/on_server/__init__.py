"""The full-text index in PostgreSQL: the same answers as the embedded one's."""
