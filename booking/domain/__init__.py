"""The rules of the trade, as frozen dataclasses and functions; they know no database and no screen."""
