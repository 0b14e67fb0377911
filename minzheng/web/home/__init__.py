"""Signing in, the desk of each role, the own account."""
