"""The taxonomy that ties everything: concepts, synonyms, import, merge."""
