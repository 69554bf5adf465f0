"""Pages of the top floor: home, the member's own space, and what waits for editors."""
