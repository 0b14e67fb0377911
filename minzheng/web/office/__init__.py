"""Accounts, tables, templates, jobs and the log."""
