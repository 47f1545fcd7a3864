"""The demo portfolio in a folder of its own, for the app to open in place of the user's store."""

import atexit
import shutil
import tempfile
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from ftop_tui.progress import Progress, unheard
from ftop_tui.services import demo
from ftop_tui.services.context import Context
from ftop_tui.settings import Paths
from ftop_tui.store.opening import open_writer


def elsewhere(
    context: Context, customers: int = demo.USUAL, seed: int = 1, progress: Progress = unheard
) -> Context:
    """A house with the demo portfolio in it; the user's own store is neither read nor written.

    Its folder is thrown away when the program ends, or the making does. The demo's customers are
    nobody's: the setting `me` would hide them all.

    Raises:
        StoreError: the store cannot be made there. OSError: there is no place for it.
    """
    folder = Path(tempfile.mkdtemp(prefix="ftop-tui-demo-"))
    store = folder / context.store.name
    house = replace(
        context,
        store=store,
        paths=Paths(folder, context.paths.config_dir),
        settings=replace(context.settings, me=()),
        writer=cache(partial(open_writer, store, context.today, context.now)),
    )
    clean_up = partial(_throw_away, house)
    atexit.register(clean_up)
    try:
        demo.build(house, customers, seed, progress)
    except BaseException:
        atexit.unregister(clean_up)
        clean_up()
        raise
    return house


def _throw_away(house: Context) -> None:
    """Delete the folder; Windows keeps one in which a file is open."""
    try:
        house.writer().close()
    finally:
        shutil.rmtree(house.paths.data_dir, ignore_errors=True)
