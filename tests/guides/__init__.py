"""The guides: walks that show that each name in them stands on the screen, and their pictures."""
