"""What changed in the archive is noticed, and waited for until it is whole."""
