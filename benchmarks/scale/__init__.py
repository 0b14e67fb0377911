"""What a county on PostgreSQL does beside the embedded default."""
