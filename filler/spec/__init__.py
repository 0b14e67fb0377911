"""A form's .toml becomes a FormSpec; all forms together are the catalogue."""
