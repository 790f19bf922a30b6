"""One Neo4j server with a home of its own, authentication on, that never outlives its owner."""

from __future__ import annotations

import os
import secrets
import shlex
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from tests.support.neo4j.jars import UnavailableError, jars

USER = "neo4j"
_WAIT = 120.0
_OPENS = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
_JAVA = (
    "java",
    *(f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in _OPENS),
    "-Xms256m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
)
_SETTINGS: Mapping[str, str] = {
    "server.http.enabled": "false",
    "server.https.enabled": "false",
    "dbms.usage_report.enabled": "false",
    "server.memory.pagecache.size": "64m",
    "db.tx_log.preallocate": "false",
    "db.shutdown_transaction_end_timeout": "1s",
    "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",
    "dbms.security.auth_max_failed_attempts": "0",
    # LOAD CSV in a READ session reads files of the server, and the network, unless forbidden.
    "dbms.security.allow_csv_import_from_file_urls": "false",
    "server.directories.import": "import",
    "internal.dbms.cypher_ip_blocklist": "0.0.0.0/0,::/0",
}


class Server:
    """A server in the folder `home`: started by `start`, ended by `stop` or, hard, by `kill`.

    Started again it has the same port, password and data; settings given to `start` hold for
    that run.  When the process that started it dies, the kernel ends it.
    """

    def __init__(self, home: Path, *, heap: str = "512m") -> None:
        self.home = home
        self.java = (*_JAVA, f"-Xmx{heap}")
        self.password = secrets.token_urlsafe(12)
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def uri(self) -> str:
        """Where it listens."""
        return f"bolt://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """The variables that give linkgraph the credentials."""
        return {"NEO4J_USERNAME": USER, "NEO4J_PASSWORD": self.password}

    def start(self, settings: Mapping[str, str] | None = None, *, scheme: str = "bolt") -> Server:
        """Start, and come back when it answers; UnavailableError with its log if it does not.

        `scheme` is the one by which it is asked: `bolt+ssc` where the settings demand TLS.
        """
        self.kill()
        self.configure(settings)
        if not (self.home / "data" / "dbms").exists():
            self.admin("dbms", "set-initial-password", self.password)
        log = (self.home / "logs" / "console.log").open("ab")
        with log:
            self._process = subprocess.Popen(
                [
                    *_tied(),
                    *self.java,
                    *("-cp", f"{jars()}/*", "org.neo4j.server.CommunityEntryPoint"),
                    f"--home-dir={self.home}",
                    f"--config-dir={self.home / 'conf'}",
                    "--console-mode",
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self._await(scheme)
        return self

    def configure(self, settings: Mapping[str, str] | None = None) -> None:
        """Write the configuration of the next run."""
        for name in ("conf", "import", "logs"):
            (self.home / name).mkdir(parents=True, exist_ok=True)
        told = {
            **_SETTINGS,
            "server.bolt.listen_address": f"127.0.0.1:{self.port}",
            **(settings or {}),
        }
        conf = "".join(f"{name}={value}\n" for name, value in told.items())
        (self.home / "conf" / "neo4j.conf").write_text(conf, encoding="utf-8")

    def run_script(self, script: Path) -> None:
        """Run a shell script that calls `neo4j-admin`, on this home."""
        program = self.home / "bin" / "neo4j-admin"
        program.parent.mkdir(exist_ok=True)
        command = shlex.join([*self.java, "-cp", f"{jars()}/*", "org.neo4j.cli.AdminTool"])
        program.write_text(f'#!/bin/sh\nexec {command} "$@"\n', encoding="utf-8")
        program.chmod(0o700)
        path = f"{program.parent}:{os.environ.get('PATH', '')}"
        self._run([str(script)], {"PATH": path})

    def admin(self, *arguments: str) -> str:
        """Run Neo4j's `neo4j-admin` on this home; what it printed."""
        return self._run(
            [*self.java, "-cp", f"{jars()}/*", "org.neo4j.cli.AdminTool", *arguments], {}
        )

    def _run(self, command: list[str], variables: Mapping[str, str]) -> str:
        home = {"NEO4J_HOME": str(self.home), "NEO4J_CONF": f"{self.home}/conf"}
        done = subprocess.run(
            command,
            env={**os.environ, **home, **variables},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise UnavailableError(f"{command[0]}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout

    def stop(self) -> None:
        """End it in order."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self._end(signal.SIGKILL)

    def discard(self) -> None:
        """End it and delete its home."""
        self.kill()
        shutil.rmtree(self.home, ignore_errors=True)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def _await(self, scheme: str) -> None:
        import neo4j
        from neo4j.exceptions import DriverError, Neo4jError

        assert self._process is not None
        deadline = time.monotonic() + _WAIT
        auth = (USER, self.password)
        uri = f"{scheme}://127.0.0.1:{self.port}"
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                break
            try:
                with (
                    neo4j.GraphDatabase.driver(uri, auth=auth) as driver,
                    driver.session(database="neo4j") as session,
                ):
                    session.run("RETURN 1").consume()
                    return
            except (DriverError, Neo4jError):
                time.sleep(0.2)
        self.kill()
        told = (self.home / "logs" / "console.log").read_text(errors="replace")[-2000:]
        raise UnavailableError(f"Neo4j did not start:\n{told}")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _tied() -> list[str]:
    """A prefix by which the kernel ends a process when the one that started it is gone."""
    return ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
