"""A small fictional network in both languages, and the main job run on it from end to end."""
