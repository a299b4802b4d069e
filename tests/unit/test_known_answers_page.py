"""The page of known answers names tests that exist."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
PAGE = (TESTS.parent / "docs" / "known_answers.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`([\w/]+\.py)::(\w+)`", PAGE)))


def test_the_page_names_tests():
    assert len(NAMED) > 50
    # A cell of the last column that names none would be a claim that nothing holds.
    rows = [
        line
        for line in PAGE.splitlines()
        if line.startswith("| ") and not line.startswith(("| case", "| table", "| prop"))
    ]
    assert [row for row in rows if "::" not in row] == []


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_each_stands_where_it_is_said_to(file, name):
    folder = TESTS if file.startswith(("unit/", "qgis/")) else TESTS / "unit" / "analysis"
    assert f"def {name}(" in (folder / file).read_text(encoding="utf-8")
