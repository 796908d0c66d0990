"""Ateliers: workshop scheduling, seats, calendars and reminders for public employment agencies."""

__version__ = "0.1.0"
