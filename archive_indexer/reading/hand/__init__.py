"""What pens write, and who is known to be written of."""
