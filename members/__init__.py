"""People: accounts, sign-in, consent, notification preferences, personal-data registry."""
