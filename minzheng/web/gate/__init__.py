"""Who comes in, what each may see, and what the others are told."""
