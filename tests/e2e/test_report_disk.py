"""A report on a disk that is full or read-only: one message, and what was there stays."""

from __future__ import annotations

import subprocess

import pytest
from leachwatch.tests.qgis.processing import world
from leachwatch.tests.qgis.processing.running import failing

pytestmark = pytest.mark.e2e
YEARS = {"START_YEAR": 2020, "END_YEAR": 2024}


@pytest.fixture()
def reports(disk):
    """A small disk with reports of an earlier run on it; a new one needs some 100 kB."""
    for name in ("report.html", "report.pdf", "report.xlsx"):
        (disk / name).write_text("before", encoding="utf-8")
    return disk


def whole(reports):
    """Say whether the disk holds what was on it before, and nothing else."""
    return {path.name: path.read_text() for path in reports.iterdir()} == {
        f"report.{ending}": "before" for ending in ("html", "pdf", "xlsx")
    }


@pytest.mark.parametrize(("form", "name"), [("HTML", "report.html"), ("PDF", "report.pdf")])
def test_a_full_disk(provider, reports, form, name):
    message = failing("siteexpansion", TANKS=world.tank_layer(), **{form: str(reports / name)}, **YEARS)
    assert f"The report could not be written to {reports / name}" in message
    assert "Choose another place and run again." in message
    assert whole(reports)


def test_a_read_only_disk(provider, reports):
    subprocess.run(["mount", "-o", "remount,ro", str(reports)], check=True)
    message = failing("siteexpansion", TANKS=world.tank_layer(), HTML=str(reports / "report.html"), **YEARS)
    assert "Read-only file system" in message and whole(reports)


def test_the_layout_on_a_read_only_disk(provider, reports):
    subprocess.run(["mount", "-o", "remount,ro", str(reports)], check=True)
    message = failing("siteexpansion", TANKS=world.tank_layer(), PDF=str(reports / "report.pdf"), **YEARS)
    assert "The report could not be written" in message and whole(reports)
