"""What a form is, and what flows from answers to a document."""
