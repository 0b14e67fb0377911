"""Cases, numbers, people, documents and photos that are kept."""
