"""Pages of the wiki: reading, writing, reviewing."""
