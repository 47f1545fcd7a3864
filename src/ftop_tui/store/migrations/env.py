"""Alembic's entry point: runs the migrations on the connection that `migrate` hands over."""

from alembic import context
from sqlmodel import SQLModel

from ftop_tui.store import facts, tables

__all__ = ["facts", "tables"]  # imported for the metadata that they fill

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True)
context.run_migrations()
