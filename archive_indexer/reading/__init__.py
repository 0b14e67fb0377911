"""A page image becomes text: upright, seals out, lines read, in order, repaired by rule."""
