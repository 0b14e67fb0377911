"""A scan in a village folder becomes findable."""
