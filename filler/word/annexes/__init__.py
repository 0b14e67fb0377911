"""Word files of others put into a form, with all that belongs to them."""
