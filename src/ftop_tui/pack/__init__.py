"""The playbook as data (TOML); no code."""
