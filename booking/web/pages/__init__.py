"""The door for people: server-rendered pages that work without a script and better with one."""
