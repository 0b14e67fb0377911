"""A Word template, compiled once and rendered many times."""
