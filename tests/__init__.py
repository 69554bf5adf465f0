"""Tests mirror the rooms; ``acceptance`` drives real servers, workers and browsers."""
