"""The tables of registry/ as people read and change them: words, cells, rows nobody confirmed."""
