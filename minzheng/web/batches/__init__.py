"""Many documents from one roster."""
