"""Settings: ``base`` for all, then ``dev``, ``test`` or ``prod``; the environment is read in ``environment``."""
