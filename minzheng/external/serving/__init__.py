"""The web server, and how many it lets in."""
