"""Paper and words."""
