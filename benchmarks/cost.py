"""What a command costs, by the operating system's account of the finished process."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock and of the processor, and peak resident memory in MiB."""

    seconds: float
    processor: float
    peak: float

    def __str__(self) -> str:
        return f"{self.processor:.1f} s ({self.seconds:.1f} s), {self.peak:,.0f} MiB"


def spent(module: str, *arguments: object) -> Cost:
    """What `python -m MODULE ARGUMENTS` cost; SystemExit if it failed."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", module, *map(str, arguments)], stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 3):
        raise SystemExit(f"{module} {arguments[0]} ended with {process.returncode}")
    processor = usage.ru_utime + usage.ru_stime
    return Cost(time.perf_counter() - started, processor, usage.ru_maxrss / 1024)
