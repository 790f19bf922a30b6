"""Run a command beside a Neo4j server of its own: `python -m tests.support.neo4j COMMAND...`.

The command finds the server's address where `{uri}` stands in an argument, and the credentials
in its environment.  The server is gone when the command ends.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.neo4j.jars import UnavailableError
from tests.support.neo4j.server import Server


def main(command: list[str]) -> int:
    """The exit code of the command, 1 if there can be no server."""
    with tempfile.TemporaryDirectory(prefix="linkgraph-neo4j-") as folder:
        server = Server(Path(folder))
        sys.stderr.write("Starting a Neo4j server ...\n")
        try:
            server.start()
            sys.stderr.write(f"It listens at {server.uri}, for this command alone.\n")
            told = [argument.replace("{uri}", server.uri) for argument in command]
            environment = {**os.environ, **server.environment}
            return subprocess.run(told, env=environment, check=False).returncode
        except UnavailableError as problem:
            sys.stderr.write(f"{problem}\n")
            return 1
        finally:
            server.kill()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
