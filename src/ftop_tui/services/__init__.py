"""One function a verb of the user; one transaction each; no Textual, no printing."""
