"""A whole county that nobody lives in, for showing and trying the program."""
