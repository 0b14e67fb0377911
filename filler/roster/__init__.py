"""A village's spreadsheet: written for it to fill, read when it comes back."""
