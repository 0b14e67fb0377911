"""Texts become values; what nobody types is derived; values become print."""
