"""The schema's history, step by step; each step is written for both databases and never changed afterwards."""
