"""What a setting is, and what those say that name a server: a database, a search, who signs in."""
