"""Views of this room, one module for each step of a need's way."""
