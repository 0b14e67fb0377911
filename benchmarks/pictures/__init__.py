"""Pictures as people send them, with what stands on them."""
