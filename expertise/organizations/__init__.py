"""Organizations: seats, skills, availability, directory, regional contacts."""
