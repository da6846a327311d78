"""From a document to what it says: structure (sections, positions, contact) and mentions of skills."""
