"""Search servers, spoken to over HTTP."""
