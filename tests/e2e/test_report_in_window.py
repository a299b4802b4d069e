"""Reports made in the background of a real QGIS window: HTML, maps and PDF of two runs at once."""

from pathlib import Path

import pytest
from leachwatch.tests.e2e.conftest import TANKS, UNITS

pytestmark = pytest.mark.e2e
SCRIPT = Path(__file__).with_name("report_in_window.py")


def test_two_reports_at_once_in_the_background(profile, tmp_path):
    told = profile.window(SCRIPT, tmp_path, LEACHWATCH_TANKS=str(TANKS), LEACHWATCH_UNITS=str(UNITS))
    assert told.get("error") is None, told["error"]
    assert told["errors"] == [] and told["done"] == [True, True]
    for name in ("siteexpansion", "townshipsummary"):
        assert told["sizes"][f"{name}.html"] > 100_000
        pdf = (tmp_path / f"{name}.pdf").read_bytes()
        assert pdf.startswith(b"%PDF") and pdf.rstrip().endswith(b"%%EOF")
    # Printed, not judged: on a machine under load a time proves nothing.
    print(f"the window waited {told['longest_gap']:.2f} s at most")
