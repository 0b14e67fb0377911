"""Django's PostgreSQL, taking what SQLite takes and writing one after another."""
