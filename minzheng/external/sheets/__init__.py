"""Where a sheet of paper lies on a photograph."""
