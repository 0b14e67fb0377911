"""The `minzheng` command."""
