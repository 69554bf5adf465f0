"""What organizations know and need."""
