"""PostgreSQL on three hosts under Patroni, faults by the dozen, and a ledger that forgets nothing."""
