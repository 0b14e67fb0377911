"""What is wrong with a Word template, each fault where it stands."""
