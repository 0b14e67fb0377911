"""What programs on many machines share that read one archive together (decision 0032)."""
