"""Timing of every stage on simulated forces; `python -m benchmarks --help`."""
