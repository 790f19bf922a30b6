"""`python -m linkgraph` is the command line."""

from __future__ import annotations

from linkgraph.cli import main

if __name__ == "__main__":
    main()
