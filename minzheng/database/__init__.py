"""What the tables lie in: a file of the data folder, or a PostgreSQL server."""
