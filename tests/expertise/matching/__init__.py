"""Tests of the pure matcher: no database, no Django."""
