"""Maillage: the Django project, its ground floor (core) and its top floor (home)."""
