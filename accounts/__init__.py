"""People, roles and areas."""
