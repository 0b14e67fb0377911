"""Servers of the office that know who somebody is."""
