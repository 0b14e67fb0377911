"""Sheets that are not one person a row: read as they are meant, or refused by name."""
