"""What the administrator looks after: backup, version, log."""
