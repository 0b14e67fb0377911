"""What was found, shown: pages with marks, lists of results."""
