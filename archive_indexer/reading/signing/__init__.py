"""Where a form of our own is signed, and whether somebody wrote there."""
