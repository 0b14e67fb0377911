"""One module for each outside program or model."""
