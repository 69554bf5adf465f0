"""Tags of the top floor."""
