"""What is kept of files, pages, filings and corrections."""
