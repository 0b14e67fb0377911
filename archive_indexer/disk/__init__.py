"""Files and locks as the disk holds them."""
