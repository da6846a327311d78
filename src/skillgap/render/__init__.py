"""A written Report as text, Markdown or HTML; knows nothing of how it came about."""
