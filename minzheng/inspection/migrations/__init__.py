"""Tables of the checks, step by step."""
