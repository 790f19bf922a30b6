"""Screening: for each look-up, was the officer on duty, which work explains it, what indicates.

Work tables alone; nothing here knows a private tie or a graph.
"""

from linkgraph.screen.pairs import lookup_persons
from linkgraph.screen.results import NotRun, Ran, Screening
from linkgraph.screen.run import screen

__all__ = ["NotRun", "Ran", "Screening", "lookup_persons", "screen"]
