"""What a reader loads for the kinds that are met every day; imported where readers are forked."""

from archive_indexer.extract import extract_pages

extract_pages.load_readers()
