"""What makes and checks the product and is no part of it: drawings, samples, golden files."""
