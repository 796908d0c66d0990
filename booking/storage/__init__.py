"""The memory: tables, transactions, and one module a noun; SQLite and PostgreSQL hold the same promises."""
