"""Each frame of QGIS's temporal controller shows the tanks that count in its year, by an independent count."""

from __future__ import annotations

from itertools import product

import pandas as pd
import pytest
from leachwatch.analysis import time
from leachwatch.analysis.definition import CUMULATIVE, STANDING
from leachwatch.analysis.selection.columns import YEAR
from leachwatch.analysis.selection.wanted import FIRST_SEEN, TankFilter
from leachwatch.tests.gui.tank_filter.temporal_world import ANIMATED, adopt, frames, in_frame
from leachwatch.tests.gui.tank_world import ids, memory_tanks, write
from leachwatch.ui.tank_data.layers import remember_columns
from qgis.core import (
    QgsDateTimeRange,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize

DATES = [None, "2018-12-31", "2019-01-01", "2020-06-30"]
GONE = [None, "2018-06-01", "2019-12-31", "2020-01-01", "2021-01-01"]
ROWS = [
    (str(number), "active" if number % 3 else "abandoned", None, first, last, gone, None)
    for number, (first, last, gone) in enumerate(product(DATES, DATES, GONE))
]
YEARS = range(2018, 2022)


def counted(counting: str, year: int, rows: list = ROWS) -> set[int]:
    """Which tanks count in a year, by ``analysis.time`` alone."""
    dates = pd.DataFrame([row[3:6] for row in rows], columns=["first_seen", "last_seen", "gone_by"])
    dates = dates.apply(pd.to_datetime)
    first_seen = time.years(time.seen_from(dates)) == year
    mask = first_seen if counting == FIRST_SEEN else time.counted(dates, year, counting)
    return {int(row[0]) for row, counts in zip(rows, mask) if counts}


def vanished_and_returned() -> set[int]:
    """Seen, gone in a later year, and seen again in one after that, by hand: in ISO dates years sort as text does."""
    found = set()
    for number, _, _, first, last, gone, _ in ROWS:
        first, last = first or last, last or first
        if gone and first and first[:4] < gone[:4] < last[:4]:
            found.add(int(number))
    return found


@pytest.mark.parametrize("provider", ["memory", "gpkg", "csv_text"])
@pytest.mark.parametrize("mode", [STANDING, CUMULATIVE, FIRST_SEEN])
def test_each_frame_shows_the_tanks_of_its_year(over, window, tmp_path, provider, mode):
    layer = memory_tanks(rows=ROWS)
    adopt(over, layer if provider == "memory" else write(layer, provider, tmp_path))
    layer = over.filter.layer
    over.filter.apply(TankFilter(mode, 2019, 2020))
    assert over.hand_over() and over.is_handed_over
    assert layer.subsetString() == "" and len(ids(layer)) == len(ROWS)
    assert window.navigation.navigationMode() == ANIMATED and window.panel.isChecked()
    found = frames(window)
    assert list(found) == list(YEARS)
    between = vanished_and_returned() if mode == STANDING else set()
    for year, frame in found.items():
        assert in_frame(layer, frame) - between == counted(mode, year) - between, year
    # Seen in 2018, missing in 2019, seen again in 2020: alone of all combinations.
    assert between == ({37} if mode == STANDING else set())
    assert ["returned: 1." in text for text in over.heard] == [True] * len(between)
    # The filter, which can say more, shows the same tanks but for those.
    assert over.take_back() and not over.is_handed_over
    for year in YEARS:
        assert over.filter.apply(TankFilter(mode, year, year))
        assert ids(layer) == counted(mode, year), year


def test_vanished_and_returned_tanks_are_shown_in_the_years_between_too(over, window):
    row = ("1", "active", None, "2018-01-01", "2021-01-01", "2019-06-01", None)
    adopt(over, memory_tanks(rows=[row]))
    assert over.hand_over()
    assert [in_frame(over.filter.layer, frame) for frame in frames(window).values()] == [{1}] * 4
    assert ["returned: 1." in text for text in over.heard] == [True]


def test_the_map_draws_the_tanks_of_the_year(over, window):
    dates = (("1", "2018-05-05"), ("9", "2020-01-01"))
    rows = [(number, "active", None, date, None, None, None) for number, date in dates]
    adopt(over, memory_tanks(rows=rows))
    over.filter.apply(TankFilter(FIRST_SEEN, 2018, 2020))
    assert over.hand_over()
    drawn = {year: dark_halves(over.filter.layer, frame) for year, frame in frames(window).items()}
    assert drawn == {2018: (True, False), 2019: (False, False), 2020: (False, True)}


def dark_halves(layer: QgsVectorLayer, shown: QgsDateTimeRange) -> tuple[bool, bool]:
    """Whether anything is drawn in the south-west and the north-east, where tank 1 and tank 9 stand."""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setOutputSize(QSize(100, 100))
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(layer.extent().buffered(0.02))
    settings.setIsTemporal(True)
    settings.setTemporalRange(shown)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    white = image.pixel(0, 0)
    halves = (range(50), range(50, 100))
    return tuple(any(image.pixel(x, y) != white for x in half for y in range(100)) for half in halves)


@pytest.mark.parametrize("mode", [STANDING, CUMULATIVE, FIRST_SEEN])
def test_undated_tanks_are_shown_in_every_frame_if_the_filter_says_so(over, window, mode):
    adopt(over, memory_tanks(rows=ROWS))
    over.filter.apply(TankFilter(mode, 2018, 2021, undated=True))
    assert over.hand_over()
    undated = {int(row[0]) for row in ROWS if not (row[3] or row[4])}
    assert len(undated) == len(GONE)
    for year, frame in frames(window).items():
        assert in_frame(over.filter.layer, frame) - {37} == (counted(mode, year) | undated) - {37}, year


def test_columns_of_years_as_numbers(over, window):
    source = "Point?crs=EPSG:4326&field=tank_id:string&field=status:string&field=from:integer&field=until:double"
    layer = QgsVectorLayer(source, "years", "memory")
    for number, (first, gone) in enumerate([(2018, None), (2019, 2020.0), (None, 2019), (9999, None), (0, None)]):
        feature = memory_tanks().getFeature(1)
        feature.setFields(layer.fields())
        feature.setAttributes([str(number), "active", first, gone])
        assert layer.dataProvider().addFeature(feature)
    remember_columns(layer, {"tank_id": "tank_id", "status": "status", "first_seen": "from", "gone_by": "until"})
    adopt(over, layer)
    assert over.filter.columns.kinds["first_seen"] == YEAR
    assert over.hand_over()
    assert [in_frame(layer, frame) for frame in frames(window).values()] == [{0}, {0, 1}, {0}]
