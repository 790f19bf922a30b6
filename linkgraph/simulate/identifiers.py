"""Names, national identity numbers, plates and telephone numbers, drawn in columns."""

from __future__ import annotations

import numpy as np
from faker.providers.person.zh_TW import Provider as _People

from linkgraph.simulate.plan import Flags, Floats, Ints, Texts, texts

_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
_LETTER_NUMBER = {letter: 10 + i for i, letter in enumerate(_LETTERS)}
_HOME_LETTERS = "SESSETDRQ"
"""First letters of the people of one region, common ones repeated."""
_PLATE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_PLATE_DIGITS = "012356789"


def _encodable(pool: dict[str, float]) -> tuple[Texts, Floats]:
    """Keep the names that an old code page can write: agencies' files are in it."""
    kept = {}
    for name, weight in pool.items():
        try:
            name.encode("cp950")
        except UnicodeEncodeError:
            continue
        kept[name] = float(weight)
    weights = np.array(list(kept.values()))
    return texts(list(kept)), weights / weights.sum()


def surnames(rng: np.random.Generator, n: int) -> Texts:
    """`n` surnames, common ones as common as in Taiwan."""
    pool, weights = _encodable(dict(_People.last_names))
    return texts(pool[rng.choice(len(pool), n, p=weights)])


def given_names(rng: np.random.Generator, female: Flags) -> Texts:
    """One given name per person; two thirds from the well-known ones, the rest put together."""
    n = len(female)
    out = np.empty(n, dtype=object)
    for sex, source in ((False, _People.first_names_male), (True, _People.first_names_female)):
        pool, weights = _encodable(dict(source))
        chosen = pool[rng.choice(len(pool), n, p=weights)]
        first = texts(sorted({name[0] for name in pool if len(name) == 2}))
        second = texts(sorted({name[1] for name in pool if len(name) == 2}))
        composed = (
            first[rng.integers(len(first), size=n)] + second[rng.integers(len(second), size=n)]
        )
        named = np.where(rng.random(n) < 0.65, chosen, composed)
        of_sex = female == sex
        out[of_sex] = named[of_sex]
    return out


def identity_numbers(rng: np.random.Generator, female: Flags) -> Texts:
    """National identity numbers, all different, check digits valid; one in fifty a resident's."""
    n = len(female)
    letters = np.array([_LETTERS.index(c) for c in _HOME_LETTERS])
    serial = distinct(rng, n, 10_000_000)
    letter = letters[rng.integers(len(letters), size=n)]
    resident = rng.random(n) < 0.02
    second = np.where(resident, 8, 1) + female
    number = np.array([_LETTER_NUMBER[c] for c in _LETTERS])[letter]
    total = number // 10 + number % 10 * 9 + second * 8
    rest = serial.copy()
    for weight in range(1, 8):
        total = total + rest % 10 * weight
        rest //= 10
    check = (-total) % 10
    head = texts(list(_LETTERS))[letter]
    digits = (second * 100_000_000 + serial * 10 + check).astype(str).astype(object)
    return texts(head + digits)


def plates(rng: np.random.Generator, n: int) -> Texts:
    """Plates, all different: `ABC-1234`, and among them the older `1234-AB` and `AB-1234`."""
    letters, digits = len(_PLATE_LETTERS), len(_PLATE_DIGITS)
    code = distinct(rng, n, letters**3 * digits**4)
    number, word = code % digits**4, code // digits**4
    figures = _spell(number, _PLATE_DIGITS, 4)
    three = _spell(word, _PLATE_LETTERS, 3)
    two = _spell(word % letters**2, _PLATE_LETTERS, 2)
    old = (word // letters**2) % 12  # the first letter of three decides, so that forms never clash
    made = texts(three + "-" + figures)
    older, oldest = _first_of(old == 10, two + figures), _first_of(old == 11, two + figures)
    made[older] = figures[older] + "-" + two[older]
    made[oldest] = two[oldest] + "-" + figures[oldest]
    return made


def mobile_numbers(rng: np.random.Generator, n: int) -> Texts:
    """Mobile numbers `0912345678`, all different."""
    return texts("09" + numbered(distinct(rng, n, 100_000_000), 8))


def distinct(rng: np.random.Generator, n: int, space: int) -> Ints:
    """`n` different numbers below `space` in random order."""
    drawn = np.unique(rng.integers(space, size=n + n // 4 + 64))
    while len(drawn) < n:
        drawn = np.unique(np.concatenate([drawn, rng.integers(space, size=n)]))
    rng.shuffle(drawn)
    return drawn[:n].astype(np.int64)


def numbered(values: Ints, width: int) -> Texts:
    """Numbers as text, filled with zeros to `width`."""
    return texts([f"{value:0{width}d}" for value in values.tolist()])


def _spell(code: Ints, alphabet: str, length: int) -> Texts:
    signs, out = texts(list(alphabet)), texts([""] * len(code))
    for _ in range(length):
        out = out + signs[code % len(alphabet)]
        code = code // len(alphabet)
    return texts(out)


def _first_of(chosen: Flags, names: Texts) -> Ints:
    """Positions that are `chosen`, one for each name."""
    where = np.flatnonzero(chosen)
    _, first = np.unique(names[where].astype(str), return_index=True)
    return where[np.sort(first)]
