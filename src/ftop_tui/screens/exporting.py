"""Asks for a file and writes briefs to it; the reviews and the brief share it."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ftop_tui.screens.base import FtopScreen
from ftop_tui.services import brief_files
from ftop_tui.widgets.dialogs import Prompt


def ask_export(
    screen: FtopScreen[None], tenant_ids: Sequence[str], review_day: date | None
) -> None:
    """Ask for a file and write briefs to it: text where its name ends in .txt, else Markdown."""

    def check(text: str) -> str | None:
        return None if text.strip() else "Type the name of a file."

    def write(text: str | None) -> None:
        if text:
            path = Path(text.strip())
            screen.run_long(
                f"Writing {path.name}",
                lambda progress: brief_files.export(
                    screen.context, tenant_ids, path, review_day=review_day, progress=progress
                ),
                lambda written: screen.say(f"Wrote {written}"),
            )

    prompt = Prompt(
        "Write the briefs to which file?" if len(tenant_ids) > 1 else "Write it to which file?",
        "Markdown, or plain text where the name ends in .txt. For internal eyes.",
        value=brief_files.default_name(review_day),
        check=check,
        ok="Write",
    )
    screen.app.push_screen(prompt, write)
