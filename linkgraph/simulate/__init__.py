"""A synthetic Taiwanese force and public with known truth.

It knows nothing of the analyses that are tried on it: it imports the table model alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linkgraph.simulate.simulation import Simulation, simulate

__all__ = ["Simulation", "simulate"]


def __getattr__(name: str) -> object:
    if name in __all__:
        from linkgraph.simulate import simulation

        return getattr(simulation, name)
    raise AttributeError(name)
