"""What is there, what is missing, what does not fit."""
