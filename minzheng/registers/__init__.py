"""Registers: views over issued rows and the scans that bear their codes."""
