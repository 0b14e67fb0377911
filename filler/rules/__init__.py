"""What a form must fulfil, by subject."""
