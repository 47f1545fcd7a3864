"""The command line: the same services as the screens, plain output, one module a family of commands."""
