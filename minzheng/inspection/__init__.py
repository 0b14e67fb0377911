"""What inspectors ask of records and scans together."""
