"""Kinds of files that are met rarely: old tables, Outlook's mails, 标文通, old codes of text."""
