"""Commands of the office: service, accounts, backup."""
