"""Where a paper belongs and what it tells; what keepers say of it wins."""
