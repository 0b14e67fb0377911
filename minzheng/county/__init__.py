"""What is true in the county and on its paper: no product logic, no framework."""
