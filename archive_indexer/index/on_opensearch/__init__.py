"""The full-text index in OpenSearch; never run against a real server (docs/scale.md)."""
