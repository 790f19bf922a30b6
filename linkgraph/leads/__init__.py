"""Leads: the ranked list (`find`), the trace from a complaint (`trace`), the worklists.

Nothing is imported here: a report that needs a phrase does not need the table engine.
"""
