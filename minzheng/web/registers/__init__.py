"""Pages of the registers: 走访, 专栏 and whatever the table names."""
