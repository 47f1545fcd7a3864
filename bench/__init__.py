"""How fast ftop-tui is, always beside something else: run it with `python -m bench`.

Linux only: programs are watched from outside, through a pseudo-terminal and /proc. A figure is a
ratio within one interleaved run, since absolute times drift with the machine.
"""
