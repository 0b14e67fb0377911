"""Stamps of other shapes than round."""
