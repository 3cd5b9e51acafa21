"""What scripts/bench is made of: processes and their accounting, the servers under test, the load, the report."""
