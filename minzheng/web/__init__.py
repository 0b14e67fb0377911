"""The web pages of clerks and inspectors."""
