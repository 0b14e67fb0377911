"""Search, the papers found, and what keepers correct."""
