"""The wheel carries everything it needs: installed alone, it runs the demo."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def run(*command: str | Path, cwd: Path) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "LINKGRAPH"))}
    environment["VIRTUAL_ENV"] = str(cwd / "env")
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    return next(folder.glob("*.whl"))


def test_the_wheel_ships_cypher_pages_and_licence(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert any(n.startswith("linkgraph/cypher/analyses/") and n.endswith(".cypher") for n in names)
    assert any(n.startswith("linkgraph/cypher/explore/") for n in names)
    assert "linkgraph/reports/page/report.css" in names
    assert any(n.startswith("linkgraph/views/page/") and n.endswith(".js") for n in names)
    assert any(n.endswith("licenses/LICENSE") for n in names)
    assert not any(n.startswith(("tests/", "benchmarks/")) for n in names)


def test_a_clean_environment_runs_the_demo_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    uv = Path(sys.executable).parent / "uv"
    run(uv, "venv", "--quiet", "--python", sys.executable, "env", cwd=tmp_path)
    run(
        uv,
        "pip",
        "install",
        "--quiet",
        "--require-hashes",
        "-r",
        ROOT / "requirements.lock",
        cwd=tmp_path,
    )
    run(uv, "pip", "install", "--quiet", "--no-deps", wheel, cwd=tmp_path)
    said = run(tmp_path / "env" / "bin" / "linkgraph", "demo", "shown", cwd=tmp_path)
    for case in ("1090101", "1090102", "1090103", "1090104"):
        assert case in said
    pages = list((tmp_path / "shown").rglob("*.html"))
    assert len(pages) >= 2
