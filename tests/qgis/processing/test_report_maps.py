"""Where the maps of a report lie, and that they stop when the user does."""

import pytest
from leachwatch.analysis import fields
from leachwatch.analysis.progress import Cancelled
from leachwatch.processing.reports import maps
from leachwatch.processing.reports.content import MapLayer
from leachwatch.processing.reports.panels import panels
from qgis.core import QgsProcessingContext, QgsProcessingFeedback

geopandas = pytest.importorskip("geopandas")
shapely = pytest.importorskip("shapely")


def squares(places, half=0.001):
    shapes = [shapely.box(lon - half, lat - half, lon + half, lat + half) for lon, lat in places]
    rows = {"change_class": ["new"] * (len(shapes) + 1)}
    return geopandas.GeoDataFrame(rows, geometry=[*shapes, None], crs="EPSG:4326")


def test_a_map_for_each_region_the_fullest_first():
    # Pangwa and two places within 50 km of it; Longnan is 1,700 km away.
    found = panels(squares([(114.8, 24.9), (98.4, 26.0), (98.6, 26.1), (98.5, 25.8)]))
    assert [panel.features for panel in found] == [3, 1]
    first, second = found
    assert first.west < 98.4 < 98.6 < first.east and first.south < 25.8 < 26.1 < first.north
    # One small site: a map of some 2 km, not of its outline alone.
    assert second.east - second.west == pytest.approx(0.02, rel=0.2)


def test_neighbouring_units_are_on_one_map():
    # Boxes of one degree side by side: their middles are 90 km apart.
    assert len(panels(squares([(97.0, 25.0), (98.0, 25.0), (99.0, 25.0)], half=0.5))) == 1


def test_the_antimeridian_and_nothing():
    found = panels(squares([(179.999, 0.0), (-179.999, 0.0)]))
    assert all(-180 <= panel.west < panel.east <= 180 for panel in found)
    assert panels(squares([])) == []


def layer(places):
    return MapLayer("Sites", squares(places), fields.text("change_class"), "site_expansion")


def test_what_is_on_no_map_is_told(qgis_app):
    drawn = maps.draw(
        [layer([(90.0 + 2 * n, 25.0) for n in range(8)])], QgsProcessingContext(), QgsProcessingFeedback()
    )
    assert len(drawn.panels) == 6
    assert drawn.note == "2 more, in 2 other regions, are on none of these maps."
    assert [label for _, _, label in drawn.legend[0].classes] == ["new"]


def test_nothing_with_a_place_is_no_map(qgis_app):
    assert maps.draw([layer([])], QgsProcessingContext(), QgsProcessingFeedback()) is None
    assert maps.draw([], QgsProcessingContext(), QgsProcessingFeedback()) is None


def test_a_map_stops_when_the_user_does(qgis_app):
    feedback = QgsProcessingFeedback()
    feedback.cancel()
    with pytest.raises(Cancelled):
        maps.draw([layer([(98.0, 25.0)])], QgsProcessingContext(), feedback)


def test_of_very_many_shapes_the_largest_are_drawn(qgis_app, monkeypatch):
    monkeypatch.setattr(maps, "_MOST_SHAPES", 2)
    shapes = squares([(98.0, 25.0), (98.01, 25.0), (98.02, 25.0)])
    shapes.loc[1, "geometry"] = shapes.geometry[1].buffer(0.001)
    content = MapLayer("Sites", shapes, fields.text("change_class"), "site_expansion")
    assert list(maps._largest(content).frame.index) == [0, 1]
    assert maps.draw([content], QgsProcessingContext(), QgsProcessingFeedback()).note == (
        "Sites: of 4, the 2 largest are drawn."
    )
