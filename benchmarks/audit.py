"""How often the audit's 90 % interval covers the true rate: simulated months with known truth.

Each month has units of uneven size (log-normal, a few with a handful of look-ups), improper
look-ups gathered in few of them (a Gamma multiplier of shape 0.3 per unit), the draw of
`audit plan` (1 % per unit, at least one, a fifth of the sample free of units) and one answer in
twenty missing.  The truth is the month's own share of improper look-ups, not the rate that made
them.  Beside the interval that linkgraph uses stand the two usual ones: exact limits on an
effective sample size (Korn & Graubard, *Survey Methodology* 24, 1998) and the percentile
bootstrap within strata.

    python -m benchmarks.audit [--months 1000] [--seed 1]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from linkgraph.audit.rate import LEVEL, rate
from linkgraph.audit.sampling import shares
from linkgraph.leads.jeffreys import beta_quantile

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Limits = Callable[[Floats, Floats, Floats], tuple[Floats, Floats]]

PER_OFFICER, PER_UNIT = 600, 20
FORCES = (300, 1_000, 5_000)
RATES = (1e-2, 3e-3, 1e-3, 3e-4, 1e-4)
CLUSTERING, SILENT, SAMPLE, FREE = 0.3, 0.05, 0.01, 0.2
DRAWS = 400


@dataclass(frozen=True)
class Months:
    """Simulated months: arrays of months by units, and the truth of each month."""

    population: Floats
    answered: Floats
    found: Floats
    truth: Floats


def simulate(officers: int, rates: Floats, random: np.random.Generator) -> Months:
    """One month for each of `rates`, audited as planned."""
    months, units = len(rates), max(4, officers // PER_UNIT)
    size = random.lognormal(0, 1, (months, units))
    size *= officers * PER_OFFICER / size.sum(axis=1, keepdims=True)
    size[:, 0] = random.integers(1, 40, months)
    population = np.maximum(np.rint(size), 1).astype(np.int64)
    likely = random.gamma(CLUSTERING, 1 / CLUSTERING, (months, units))
    likely /= (likely * population).sum(axis=1, keepdims=True) / population.sum(
        axis=1, keepdims=True
    )
    improper = random.binomial(population, np.minimum(rates[:, None] * likely, 1))
    drawn, free = shares(population, SAMPLE, FREE)
    more = np.stack(
        [
            random.multivariate_hypergeometric(left, int(n))
            for left, n in zip(population - drawn, free, strict=True)
        ]
    )
    drawn = drawn + more
    hit = random.hypergeometric(improper, population - improper, drawn)
    found = random.binomial(hit, 1 - SILENT)
    answered = found + random.binomial(drawn - hit, 1 - SILENT)
    truth = improper.sum(axis=1) / population.sum(axis=1)
    return Months(
        population.astype(np.float64),
        answered.astype(np.float64),
        found.astype(np.float64),
        truth,
    )


def jeffreys(population: Floats, answered: Floats, found: Floats) -> tuple[Floats, Floats]:
    """What `audit estimate` prints."""
    made = rate(population, answered, found)
    return made.low, made.high


def exact(population: Floats, answered: Floats, found: Floats) -> tuple[Floats, Floats]:
    """Clopper and Pearson's limits on the effective sample size; that of equal weights at 0."""
    weight = np.divide(population, answered, out=np.zeros_like(population), where=answered > 0)
    total = population.sum(axis=1)
    estimate = (weight * found).sum(axis=1) / total
    variance = (weight**2 * found).sum(axis=1) / total**2 * (1 - estimate)
    n = np.where(
        variance > 0,
        estimate * (1 - estimate) / np.where(variance > 0, variance, 1),
        answered.sum(axis=1),
    )
    x = n * estimate
    tail = (1 - LEVEL) / 2
    low = np.zeros(len(x))
    some = x > 0
    low[some] = beta_quantile(x[some], n[some] - x[some] + 1, tail)
    return low, beta_quantile(x + 1, n - x, 1 - tail)


def bootstrap(population: Floats, answered: Floats, found: Floats) -> tuple[Floats, Floats]:
    """Percentiles of the estimate over samples drawn anew within each unit."""
    random = np.random.default_rng(0)
    weight = np.divide(population, answered, out=np.zeros_like(population), where=answered > 0)
    months, units = np.nonzero(found)
    shares_ = found[months, units] / answered[months, units]
    drawn = random.binomial(
        answered[months, units].astype(np.int64)[:, None], shares_[:, None], (len(months), DRAWS)
    )
    made = np.zeros((len(population), DRAWS))
    np.add.at(made, months, drawn * weight[months, units][:, None])
    made /= population.sum(axis=1, keepdims=True)
    tail = 100 * (1 - LEVEL) / 2
    low, high = np.percentile(made, [tail, 100 - tail], axis=1)
    return low, high


METHODS: dict[str, Limits] = {"linkgraph": jeffreys, "exact": exact, "bootstrap": bootstrap}


def main() -> None:
    """Print a table of coverage, in Markdown: regimes by method, and all rates together."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--months", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    random = np.random.default_rng(given.seed)
    print(f"| officers | true rate | mean found | {' | '.join(METHODS)} | width |")
    print(f"|---|---|---|{'---|' * len(METHODS)}---|")
    for officers in FORCES:
        for true in RATES:
            print(_line(officers, f"{true:g}", np.full(given.months, true), random))
        spread = 10 ** random.uniform(np.log10(RATES[-1]), np.log10(RATES[0]), given.months)
        print(_line(officers, "all of these", spread, random))
        sys.stdout.flush()


def _line(officers: int, label: str, rates: Floats, random: np.random.Generator) -> str:
    months = simulate(officers, rates, random)
    cells = []
    for limits in METHODS.values():
        low, high = limits(months.population, months.answered, months.found)
        cells.append(f"{np.mean((low <= months.truth) & (months.truth <= high)):.1%}")
    low, high = jeffreys(months.population, months.answered, months.found)
    width = float(np.median(high - low))
    found = float(months.found.sum(axis=1).mean())
    return f"| {officers:,} | {label} | {found:.1f} | {' | '.join(cells)} | {width:.1e} |"


if __name__ == "__main__":
    main()
