"""Tables of the program that are derived from those of others."""
