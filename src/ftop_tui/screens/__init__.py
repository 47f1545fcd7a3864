"""One screen a task of the user: holds a frozen draft, calls services, reacts to messages."""
