"""The interface for the county's other systems: the same rights, masks and log as the pages."""
