"""A seeded county for the checks, doubts planted in it, what is found of them."""
