"""One of several to choose from; light, for lists of them stand beside keys of the first screen."""

from typing import NamedTuple


class ChoiceItem(NamedTuple):
    """One of several to choose from: a key to press, what is handed back, and its words."""

    key: str
    value: str
    label: str
    detail: str = ""
