"""What tests of a rule book need: good papers, a register in which all is well, stories, and the edges of its days.

    from jcm_cycle.testing import known, paper, play

    played = play("cambodia.stories.toml")
    print(played)

How a story is written is in docs/stories.md. A name is loaded when it is first used: pytest finds the plug-in of this
package in every run of an environment that has it, and a run without stories pays for nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jcm_cycle.testing._cover import Coverage as Coverage, cover as cover
    from jcm_cycle.testing._edges import Edge as Edge, edges as edges
    from jcm_cycle.testing._papers import known as known, paper as paper
    from jcm_cycle.testing._play import play as play
    from jcm_cycle.testing._told import Played as Played, Told as Told

_NAMES = {
    "_cover": ("Coverage", "cover"),
    "_edges": ("Edge", "edges"),
    "_papers": ("known", "paper"),
    "_play": ("play",),
    "_told": ("Played", "Told"),
}
_MODULE = {name: module for module, names in _NAMES.items() for name in names}

__all__ = [  # noqa: PLE0604 - text, made of the names above
    *sorted(_MODULE)
]


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used."""
    if name not in _MODULE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{_MODULE[name]}"), name)
    return value
