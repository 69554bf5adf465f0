"""Organizations from files: read as tables or JSONL, checked row by row, written in batches."""
