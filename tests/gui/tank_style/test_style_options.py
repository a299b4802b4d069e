"""Options come back from JSON as they were, and nothing else does."""

from __future__ import annotations

import json
from dataclasses import fields

import pytest
from leachwatch.ui.tank_style.options import BY_UNIT, GROUND, IN_YEAR, PRINT, StyleOptions

ODD = StyleOptions(
    mode=IN_YEAR, palette=PRINT, by_type=True, size=GROUND, size_mm=2.5, least_mm=1.25, outline_mm=0.0, opacity=35,
    active_on_top=False, cluster_mm=12.5, heat_mm=3.5, year=2016, follow=False, labels=BY_UNIT, label_scale=12_000,
)  # fmt: skip


def test_options_come_back_as_they_were():
    default = StyleOptions()
    assert all(getattr(ODD, one.name) != getattr(default, one.name) for one in fields(default))
    assert StyleOptions.from_json(ODD.as_json()) == ODD
    assert StyleOptions.from_json("{}") == default
    assert StyleOptions.from_json('{"year": 2016.0, "of tomorrow": 1}') == StyleOptions(year=2016)


@pytest.mark.parametrize(
    "text",
    [
        *["", "[]", "null", "1", "{", '{"mode": "x"}', '{"mode": ["points"]}', '{"mode": {}}', '{"palette": null}'],
        *['{"by_type": 1}', '{"by_type": "yes"}', '{"size_mm": true}', '{"size_mm": "2"}', '{"size_mm": 1e300}'],
        *['{"size_mm": NaN}', '{"opacity": 0}', '{"opacity": -5}', '{"year": 0}', '{"year": Infinity}'],
        *['{"label_scale": 0}', '{"labels": "coalesce(1)"}', '{"outline_mm": [1]}'],
    ],
)
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError):
        StyleOptions.from_json(text)


def test_the_json_is_plain():
    assert json.loads(StyleOptions().as_json())["mode"] == "points"
