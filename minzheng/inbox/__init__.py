"""Unsorted scans: split into papers, confirmed by a keeper, laid into the archive."""
