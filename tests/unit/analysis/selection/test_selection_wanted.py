"""What is wanted is kept as JSON and read again; what is no filter is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from leachwatch.analysis.selection.wanted import TankFilter
from leachwatch.tests.unit.analysis.selection.questions import STEADY, questions


@STEADY
@given(questions())
def test_what_is_kept_is_read_again(wanted):
    kept = json.dumps(wanted.as_plain(), allow_nan=False)
    assert TankFilter.from_plain(json.loads(kept)) == wanted


BAD = {
    "mode": "sometimes",
    "first_year": 9000,
    "last_year": -1,
    "values": {"tank_id": ["x"]},
    "diameter": [1, 2, 3],
    "statuses": None,
    "no such part": 1,
}


@pytest.mark.parametrize("part", BAD)
def test_what_is_no_filter_is_refused(part):
    with pytest.raises((TypeError, KeyError, ValueError)):
        TankFilter.from_plain({**TankFilter().as_plain(), part: BAD[part]})


@pytest.mark.parametrize("end", ["nan", "inf", "-inf", "x"])
def test_a_diameter_is_a_number(end):
    with pytest.raises(ValueError):
        TankFilter.from_plain({**TankFilter().as_plain(), "diameter": [None, end]})


def test_the_condition_is_made_without_any_other_package():
    """The docks' controllers import it before anything is counted."""
    root = Path(__file__).resolve().parents[4]
    code = (
        f"import sys; sys.path.insert(0, {str(root)!r}); import analysis.selection.expression; "
        "print(sorted({'numpy', 'pandas', 'scipy', 'shapely'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
