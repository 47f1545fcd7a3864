"""The linter of entitlement notes: findings by rule, and a grade (EN-01 to EN-20)."""

from ftop_tui.playbook.lint.context import Judgement, NoteContext, OtherNote, Others
from ftop_tui.playbook.lint.linter import Linter, replaced
from ftop_tui.playbook.lint.pack import LintPack

__all__ = ["Judgement", "LintPack", "Linter", "NoteContext", "OtherNote", "Others", "replaced"]
