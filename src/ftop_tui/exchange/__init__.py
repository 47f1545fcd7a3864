"""Files in and out: a module a format; parse to values and rejects, no database."""
