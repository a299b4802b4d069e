"""The packaged plugin in a QGIS profile of its own, run by qgis_process and in a real window."""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
import zipfile
from pathlib import Path

import pytest
from leachwatch.tools.package import build

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "sample"
TANKS = SAMPLE / "tanks_synthetic_sample.geojson"
UNITS = SAMPLE / "townships_synthetic_sample.geojson"
# Nothing listens on port 9 of this machine: whatever would go online through a proxy fails at once.
NO_NETWORK = {name: "http://127.0.0.1:9" for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")}


class Profile:
    """A profile in which the zip was unpacked, as QGIS's plugin manager does."""

    def __init__(self, folder: Path, archive: Path) -> None:
        self.folder = folder
        plugins = folder / "profiles" / "default" / "python" / "plugins"
        plugins.mkdir(parents=True)
        with zipfile.ZipFile(archive) as stream:
            stream.extractall(plugins)
        self.plugin = plugins / "leachwatch"

    @property
    def environment(self) -> dict[str, str]:
        """What the programs are started with: Debian's Python finds the venv's packages by PYTHONPATH."""
        return {
            **os.environ,
            **NO_NETWORK,
            "QGIS_CUSTOM_CONFIG_PATH": str(self.folder),
            "PYTHONPATH": sysconfig.get_paths()["purelib"],
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def process(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run qgis_process. Debian 12's wrapper of that name fails; the program itself ends in .bin there."""
        program = shutil.which("qgis_process.bin") or shutil.which("qgis_process")
        environment = {**self.environment, "QT_QPA_PLATFORM": "offscreen"}
        return subprocess.run(
            [program, *arguments], env=environment, capture_output=True, text=True, timeout=240, check=False
        )

    def run(self, algorithm: str, **parameters: object) -> subprocess.CompletedProcess[str]:
        """Run an algorithm of ours."""
        return self.process("run", f"leachwatch:{algorithm}", *(f"--{k}={v}" for k, v in parameters.items()))


def results(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """Return the outputs that a run printed."""
    assert done.returncode == 0, done.stdout + done.stderr
    printed = done.stdout.partition("Results")[2]
    return dict(line.split(":\t", 1) for line in printed.splitlines() if ":\t" in line)


@pytest.fixture(scope="session")
def archive(tmp_path_factory) -> Path:
    return build(tmp_path_factory.mktemp("package") / "leachwatch.zip")


@pytest.fixture(scope="session")
def profile(archive, tmp_path_factory) -> Profile:
    made = Profile(tmp_path_factory.mktemp("profile"), archive)
    enabled = made.process("plugins", "enable", "leachwatch")
    assert "leachwatch" in enabled.stdout, enabled.stdout + enabled.stderr
    return made
