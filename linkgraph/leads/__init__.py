"""Leads: the ranked list, the trace from a complaint, the worklists."""

from linkgraph.leads.find import find_leads
from linkgraph.leads.lead import Check, Fact, Lead, Leads, Step, Tried

__all__ = ["Check", "Fact", "Lead", "Leads", "Step", "Tried", "find_leads"]
