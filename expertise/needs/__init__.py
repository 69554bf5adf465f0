"""Help requests: writing, audience, publishing."""
