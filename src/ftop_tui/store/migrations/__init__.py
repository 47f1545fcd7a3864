"""Alembic's migrations, from the first version on."""
