"""The county's tables of registry/, each read and checked."""
