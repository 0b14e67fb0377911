"""The full-text index: written, searched, made again."""
