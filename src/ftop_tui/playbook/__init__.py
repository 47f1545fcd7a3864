"""The playbook: pure values and rules. No file, database, clock or screen is known here."""
