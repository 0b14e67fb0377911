"""Issued documents: found again, looked at, printed."""
