"""The doors for people (pages), programs (api) and calendars (feeds)."""
