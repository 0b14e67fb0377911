"""Files as the disk and other programs hold them: whole, private, packed, told of."""
