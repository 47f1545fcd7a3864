"""Tests of the pure playbook: the clocks, the ranking, the words, the notes."""
