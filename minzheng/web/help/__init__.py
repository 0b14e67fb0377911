"""The manual, opened at the chapter of the page and the role it is asked from."""
