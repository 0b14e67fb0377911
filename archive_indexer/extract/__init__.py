"""The pages of a file, by what it holds and not by what it is called."""
