"""Draws the first version of a template; the committed .docx is then what counts."""
