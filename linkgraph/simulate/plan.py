"""What is to be simulated: how many, how long, from which seed."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from linkgraph.errors import UsageError

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.object_]

NEVER = int(np.iinfo(np.int64).min)
"""Stands for an open or unknown time; written as an empty cell."""
NOBODY = -1
"""Stands for an empty reference; written as an empty cell."""
DAY = 86_400
HOUR = 3_600
SMALLEST_FORCE = 20
MOST_MISUSE = 0.05


@dataclass(frozen=True)
class Plan:
    """The size and seed of a force.

    `lookups_per_officer_month` is the volume of proper work, 600 in real life.

    Without a `rate`, the four cases of the ethics notice are planted once each, their key ties
    on record, and repeated where `misuse_rate` (episodes per officer and month) asks for more.
    With a `rate`, which is the share of look-ups that are misuse (1e-3 to 1e-5 in real life, 0
    for a force without any), scenarios of every kind are drawn until that share is reached, and
    their ties go missing like anybody's.
    """

    officers: int
    months: int
    seed: int
    lookups_per_officer_month: int = 600
    start: date = date(2024, 7, 1)
    misuse_rate: float = 0.002
    rate: float | None = None

    def __post_init__(self) -> None:
        if self.rate is not None and not 0 <= self.rate <= MOST_MISUSE:
            raise UsageError(
                f"A force cannot be simulated with rate = {self.rate}.",
                remedy=f"Give the share of look-ups that are misuse, 0 to {MOST_MISUSE}.",
            )
        for name, least in (
            ("officers", SMALLEST_FORCE),
            ("months", 1),
            ("seed", 0),
            ("lookups_per_officer_month", 20),
            ("misuse_rate", 0),
        ):
            if getattr(self, name) < least:
                raise UsageError(
                    f"A force cannot be simulated with {name} = {getattr(self, name)}.",
                    remedy=f"Give {name} of at least {least}.",
                )

    @property
    def begin(self) -> int:
        """First second of the period, local time counted from 1970-01-01."""
        return seconds(self.start)

    @property
    def end(self) -> int:
        """First second after the period."""
        month = self.start.month - 1 + self.months
        return seconds(date(self.start.year + month // 12, month % 12 + 1, 1))

    @property
    def days(self) -> int:
        """Days in the period."""
        return (self.end - self.begin) // DAY

    @property
    def volume(self) -> int:
        """Look-ups of proper work to be made."""
        return self.officers * self.months * self.lookups_per_officer_month

    def stream(self, name: str) -> np.random.Generator:
        """Random numbers of one part of the force, independent of what other parts draw."""
        return np.random.default_rng([self.seed, zlib.crc32(name.encode())])


def seconds(day: date) -> int:
    """Midnight of a day in local seconds since 1970-01-01."""
    return (day - date(1970, 1, 1)).days * DAY


def texts(values: object) -> Texts:
    """An array of text, one Python string per element."""
    return np.asarray(values, dtype=object)
