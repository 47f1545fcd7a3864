"""Widgets show values and post messages; they know playbook types and no service."""
