"""The two themes: one dark, one light, both quiet; colour is kept for what is urgent."""

from textual.theme import Theme

DEFAULT = "ftop-dark"
"""The theme that is taken where the settings name none."""

_DARK = {
    "ftop-red": "#f2777a",
    "ftop-yellow": "#e5c07b",
    "ftop-green": "#8fc98f",
    "ftop-blue": "#7fb4e8",
    "ftop-breach": "#ff6b6e",
    "ftop-late": "#f0a060",
    "ftop-due": "#dcc98a",
    "ftop-blocked": "#c59be8",
    "ftop-draft": "#8bd5ca",
    "ftop-missing": "#ff9e64",
    "ftop-key": "#8bb7f0",
    "ftop-muted": "#929bac",
    "cursor-share": "24%",
    "text-disabled": "auto 52%",
    "scrollbar": "#39414f",
    "scrollbar-hover": "#4a5466",
    "scrollbar-active": "#5b8fd0",
    "scrollbar-background": "#171a20",
}
_LIGHT = {
    "ftop-red": "#b0102f",
    "ftop-yellow": "#7d6400",
    "ftop-green": "#206c3b",
    "ftop-blue": "#1f5fa8",
    "ftop-breach": "#98002e",
    "ftop-late": "#934c05",
    "ftop-due": "#3f4d00",
    "ftop-blocked": "#6f3fa0",
    "ftop-draft": "#00696b",
    "ftop-missing": "#a13f00",
    "ftop-key": "#1f5fa8",
    "ftop-muted": "#59606b",
    "cursor-share": "18%",
    "text-disabled": "auto 58%",
    "scrollbar": "#c3c6c9",
    "scrollbar-hover": "#a9adb2",
    "scrollbar-active": "#2f66a8",
    "scrollbar-background": "#f1f1ee",
}
VARIABLES = _DARK
"""The app's own variables, for themes that do not set them."""

THEMES = (
    Theme(
        name="ftop-dark",
        primary="#5b8fd0",
        secondary="#6f83a3",
        accent="#8bb7f0",
        warning="#f0a060",
        error="#f2777a",
        success="#8fc98f",
        foreground="#d7dce4",
        background="#14171c",
        surface="#1a1e25",
        panel="#232832",
        dark=True,
        variables=_DARK,
    ),
    Theme(
        name="ftop-light",
        primary="#2f66a8",
        secondary="#5a6b85",
        accent="#1f5fa8",
        warning="#9a4a00",
        error="#b3261e",
        success="#2b6e2f",
        foreground="#22262c",
        background="#fbfbf9",
        surface="#f3f3f0",
        panel="#e6e7e4",
        dark=False,
        variables=_LIGHT,
    ),
)
