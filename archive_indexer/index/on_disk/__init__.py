"""The files of a segment: read in parts, and asked for ahead."""
