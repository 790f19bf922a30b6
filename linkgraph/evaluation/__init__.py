"""How well leads, traces and worklists point at the misuse of simulated forces.

A force is measured against its truth (`force`, `measure`), which leaves *figures*: every lead
judged, every episode with the traces that the records have of it.  Figures of several forces
are pooled (`pooled`) and written as tables (`tables`).  Nothing here is used to find leads.
"""
