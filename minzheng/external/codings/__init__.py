"""How pictures are coded, and whether all of one is there."""
