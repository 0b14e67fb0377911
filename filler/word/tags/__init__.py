"""What a tag may do with a value besides printing it."""
