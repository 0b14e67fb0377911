"""Makes the sample village: what a real archive folder looks like, of invented people."""
