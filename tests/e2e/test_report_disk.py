"""A report on a disk that is full or read-only: one message, and what was there stays."""

from __future__ import annotations

import subprocess

import pytest
from leachwatch.tests.qgis.processing import world
from leachwatch.tests.qgis.processing.running import failing

pytestmark = pytest.mark.e2e
YEARS = {"START_YEAR": 2020, "END_YEAR": 2024}


@pytest.fixture()
def disk(tmp_path):
    """A disk of 60 kB, with reports of an earlier run on it; a new one needs some 100 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=60k", "none", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip(f"A disk may be mounted by root only: {mounted.stderr.decode().strip()}")
    for name in ("report.html", "report.pdf", "report.xlsx"):
        (folder / name).write_text("before", encoding="utf-8")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def whole(disk):
    """Say whether the disk holds what was on it before, and nothing else."""
    return {path.name: path.read_text() for path in disk.iterdir()} == {
        f"report.{ending}": "before" for ending in ("html", "pdf", "xlsx")
    }


@pytest.mark.parametrize(("form", "name"), [("HTML", "report.html"), ("PDF", "report.pdf")])
def test_a_full_disk(provider, disk, form, name):
    message = failing("siteexpansion", TANKS=world.tank_layer(), **{form: str(disk / name)}, **YEARS)
    assert f"The report could not be written to {disk / name}" in message
    assert "Choose another place and run again." in message
    assert whole(disk)


def test_a_read_only_disk(provider, disk):
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    message = failing("siteexpansion", TANKS=world.tank_layer(), HTML=str(disk / "report.html"), **YEARS)
    assert "Read-only file system" in message and whole(disk)


def test_the_layout_on_a_read_only_disk(provider, disk):
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    message = failing("siteexpansion", TANKS=world.tank_layer(), PDF=str(disk / "report.pdf"), **YEARS)
    assert "The report could not be written" in message and whole(disk)
