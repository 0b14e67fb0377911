"""What documents are packed by."""
