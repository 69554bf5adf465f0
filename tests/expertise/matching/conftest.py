"""Hypothesis without a clock: a slow machine is not a failure."""

from hypothesis import settings

settings.register_profile("matching", deadline=None, max_examples=150)
settings.load_profile("matching")
