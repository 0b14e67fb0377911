"""The rights of persons and what is due: looked up, exported, corrected, erased."""
