"""Ground floor: pages' roots, images, documents, regions, audit entries, action tokens, permissions."""
