"""Audit: a month's sample that nobody can foresee, its workbooks, answers and true rate."""

from __future__ import annotations
