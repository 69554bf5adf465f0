"""Pages of pairings: answering, choosing, news, the inbox, calls."""
