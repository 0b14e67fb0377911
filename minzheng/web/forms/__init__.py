"""Forms filled and issued, the documents, cases and people known from them."""
