"""What earlier papers give to the form at hand."""
