"""Template tags for other rooms’ pages."""
