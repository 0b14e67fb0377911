"""Policies: the county's one book of them, and what each was, is and touches."""
