"""Text and pages of files, by what they hold."""
