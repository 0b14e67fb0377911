"""Many documents of one form: looked at, issued, merged, as PDF."""
