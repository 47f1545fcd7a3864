"""The command line: the same services as the screens, plain output, a module a family."""
