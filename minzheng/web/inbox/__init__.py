"""Scans that came in, confirmed paper by paper."""
