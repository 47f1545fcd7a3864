"""How long the judgement of one key takes, with sixteen other workloads to compare with (EN-13).

Run it with `python bench/lint.py`; it prints the median and the 95th percentile in milliseconds.
"""

import random
import statistics
import sys
import tempfile
import time

from ftop_tui.bootstrap import make_context
from ftop_tui.playbook.notes import EntitlementBody
from ftop_tui.playbook.values import EntitlementStatus
from ftop_tui.services import judging

_TAG = "INTUNE"
_TEXT = (
    "Unable to deploy because the Zscaler proxy breaks TLS inspection of Intune enrollment for the "
    "plants in Berlin, and the works council has not agreed to the pilot of 200 devices until the "
    "network team replaces the proxy in March and the legal team signs the agreement with the "
    "vendor for the data that leaves the country each night for backup and audit."
)
_ROUNDS = 5


def variant(changed: int, seed: int) -> str:
    """The text with so many of its words changed: the more alike, the slower the comparison."""
    words = _TEXT.split()
    chance = random.Random(seed)  # noqa: S311 - no secret, the same each time
    for place in chance.sample(range(len(words)), changed):
        words[place] = f"word{chance.randrange(1000)}"
    return " ".join(words)


def measure(changed: int) -> list[float]:
    """Milliseconds of each key while the text is typed to its end."""
    with tempfile.TemporaryDirectory() as folder:
        context = make_context(
            data_dir=folder, today="2026-11-21", environment={"FTOP_TUI_CONFIG_DIR": folder}
        )
        tags = [tag for tag in context.pack.by_tag if tag != _TAG]
        others = judging.prepared(context, [(t, variant(changed, n)) for n, t in enumerate(tags)])
        taken = []
        for length in [*range(len(_TEXT) - 80, len(_TEXT) + 1)] * _ROUNDS:
            body = EntitlementBody(status=EntitlementStatus.BLOCKED, text=_TEXT[:length])
            begun = time.perf_counter()
            judging.judge(context, _TAG, body, others)
            taken.append((time.perf_counter() - begun) * 1000)
    return taken


def main() -> None:
    """Measure notes that are nearly the same, and notes that are not."""
    words = len(_TEXT.split())
    for changed in (0, 3, 12):
        taken = sorted(measure(changed))
        middle, slow = statistics.median(taken), taken[int(0.95 * len(taken))]
        sys.stdout.write(
            f"16 notes of {words} words, {changed:2} words changed: "
            f"median {middle:.2f} ms, p95 {slow:.2f} ms\n"
        )


if __name__ == "__main__":
    main()
