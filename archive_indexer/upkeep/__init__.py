"""Backup, repair, and the hashing of originals."""
