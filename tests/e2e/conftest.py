"""The packaged plugin in a QGIS profile of its own, run by qgis_process and in a real window."""

from __future__ import annotations

import copy
import json
import os
import shutil
import subprocess
import sysconfig
import zipfile
from pathlib import Path
from typing import Any

import pytest
from leachwatch.tools.package import build

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "sample"
TANKS = SAMPLE / "tanks_synthetic_sample.geojson"
UNITS = SAMPLE / "townships_synthetic_sample.geojson"
# Nothing listens on port 9 of this machine: whatever would go online through a proxy fails at once.
NO_NETWORK = {name: "http://127.0.0.1:9" for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")}


class Profile:
    """A profile in which the zip was unpacked and switched on, as QGIS's plugin manager does."""

    def __init__(self, folder: Path, archive: Path, *before: str, **environment: str) -> None:
        """``before``: the command that starts QGIS's programs; ``environment``: variables they get."""
        self.folder, self.before, self.more = folder, before, environment
        plugins = folder / "profiles" / "default" / "python" / "plugins"
        plugins.mkdir(parents=True)
        with zipfile.ZipFile(archive) as stream:
            stream.extractall(plugins)
        self.plugin = plugins / "leachwatch"
        enabled = self.process("plugins", "enable", "leachwatch")
        assert "leachwatch" in enabled.stdout, enabled.stdout + enabled.stderr

    def given(self, **environment: str) -> Profile:
        """Return the same profile, its programs started with more variables."""
        same = copy.copy(self)
        same.more = {**self.more, **environment}
        return same

    @property
    def environment(self) -> dict[str, str]:
        """What the programs are started with: Debian's Python finds the venv's packages by PYTHONPATH."""
        return {
            **os.environ,
            **NO_NETWORK,
            "QGIS_CUSTOM_CONFIG_PATH": str(self.folder),
            "PYTHONPATH": sysconfig.get_paths()["purelib"],
            "PYTHONDONTWRITEBYTECODE": "1",
            **self.more,
        }

    def process(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run qgis_process. Debian 12's wrapper of that name fails; the program itself ends in .bin there."""
        program = shutil.which("qgis_process.bin") or shutil.which("qgis_process")
        environment = {**self.environment, "QT_QPA_PLATFORM": "offscreen"}
        return _run([*self.before, program, *arguments], environment, 240)

    def run(self, algorithm: str, *options: str, **parameters: object) -> subprocess.CompletedProcess[str]:
        """Run an algorithm of ours. ``options`` are those of qgis_process."""
        return self.process(*options, "run", f"leachwatch:{algorithm}", *(f"--{k}={v}" for k, v in parameters.items()))

    def window(self, script: Path, folder: Path, **environment: str) -> dict[str, Any]:
        """Run a script in a real window under Xvfb; return what it wrote to report.json."""
        if not (shutil.which("xvfb-run") and shutil.which("qgis")):
            pytest.skip("xvfb-run or qgis is not on this machine")
        given = {**self.environment, "LEACHWATCH_OUT": str(folder), **environment}
        given.pop("QT_QPA_PLATFORM", None)
        screen = ["xvfb-run", "-n", str(_first_display()), "-a", "-s", "-screen 0 1366x768x24"]
        qgis = ["qgis", "--nologo", "--noversioncheck", "--lang", "en", "--profiles-path", str(self.folder)]
        done = _run([*self.before, *screen, *qgis, "--code", str(script)], given, 180)
        report = folder / "report.json"
        assert report.exists(), done.stdout + done.stderr
        return json.loads(report.read_text(encoding="utf-8"))


def _first_display() -> int:
    """The display number from which xvfb-run looks for a free one: two workers never look at the same."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    return 200 + 50 * int(worker)


def _run(command: list[str], environment: dict[str, str], seconds: float) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=seconds, check=False)


def results(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """Return the outputs that a run printed."""
    assert done.returncode == 0, done.stdout + done.stderr
    printed = done.stdout.partition("Results")[2]
    return dict(line.split(":\t", 1) for line in printed.splitlines() if ":\t" in line)


def problem(done: subprocess.CompletedProcess[str]) -> str:
    """Return the message that a run ended with; there is no traceback beside it."""
    printed = done.stdout + done.stderr
    assert done.returncode != 0 and "Traceback" not in printed, printed
    return printed


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Side by side (``--dist loadgroup``), the tests of one window stay with it: it is opened once."""
    for item in items:
        if "told" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group(item.path.name))


@pytest.fixture(scope="session")
def archive(tmp_path_factory) -> Path:
    return build(tmp_path_factory.mktemp("package") / "leachwatch.zip")


@pytest.fixture(scope="session")
def profile(archive, tmp_path_factory) -> Profile:
    return Profile(tmp_path_factory.mktemp("profile"), archive)


@pytest.fixture()
def disk(tmp_path):
    """A disk of 60 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=60k", "none", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip(f"A disk may be mounted by root only: {mounted.stderr.decode().strip()}")
    yield folder
    # Lazily: GDAL may hold a GeoPackage open that it could not write.
    subprocess.run(["umount", "-l", str(folder)], check=True)
