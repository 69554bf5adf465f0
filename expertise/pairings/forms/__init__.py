"""Forms of answers and news."""
