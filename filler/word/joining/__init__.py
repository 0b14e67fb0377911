"""Parts of Word files brought together: named and numbered anew, related to one another."""
