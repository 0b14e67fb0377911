"""The twenty-two checks: what papers say, compared; each finds doubts and concludes nothing."""
