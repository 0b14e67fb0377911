"""The forms as they are drawn."""
