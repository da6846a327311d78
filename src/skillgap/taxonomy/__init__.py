"""The skills, roles and courses that skillgap knows."""
