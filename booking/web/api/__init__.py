"""The door for programs: resources as JSON, refusals as problems (RFC 9457)."""
