"""The rights of persons: all that is held of one, shown, exported, erased; what is due."""
