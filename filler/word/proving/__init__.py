"""What proves a template sound, and mends what a document made of it would lack."""
