"""Source files: readers, mappings, validation.  Nothing here writes the ledger."""
