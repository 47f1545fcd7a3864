"""ftop-tui: which tenant is most urgent and why, and the notes that answer it."""

__version__ = "0.1.0"
