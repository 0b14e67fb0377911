"""Templates that were compiled before, kept for commands that end soon."""
