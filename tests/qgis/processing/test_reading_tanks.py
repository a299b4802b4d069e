"""The fast reading and the loop over features give the same tanks, and honour what a layer filters or has not saved."""

import pandas as pd
import pytest
from leachwatch.processing.reading import tank_reader
from leachwatch.tests.qgis.processing import world
from leachwatch.tests.qgis.processing.running import Log, run
from osgeo import gdal
from qgis.core import (
    QgsField,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsVectorLayer,
    QgsVectorLayerJoinInfo,
)

needs_arrow = pytest.mark.skipif(
    not hasattr(gdal, "VersionInfo") or int(gdal.VersionInfo()) < 3060000, reason="GDAL 3.6 brought the Arrow stream"
)


def read(provider, source, log=None):
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    algorithm = provider.algorithm("detectsites").create()
    return tank_reader.read_tanks(algorithm, {"TANKS": source}, context, log or Log())


def read_slowly(provider, source, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(tank_reader, "read_points", lambda *_: None)
        return read(provider, source)


def assert_same(one, other):
    pd.testing.assert_frame_equal(one.table, other.table)
    assert one.feature_ids.tolist() == other.feature_ids.tolist()
    assert one.left_out == other.left_out


def reads_fast(provider, source, monkeypatch):
    """Return whether reading goes without a loop over features."""
    loops = []
    with monkeypatch.context() as patch:
        patch.setattr(tank_reader, "_read_features", lambda *given: loops.append(1) or slow(*given))
        read(provider, source)
    return not loops


slow = tank_reader._read_features


@needs_arrow
@pytest.mark.parametrize("kind", ["Point", "PointZ", "PointM", "PointZM"])
@pytest.mark.parametrize("ending", list(world.DRIVERS))
def test_both_ways_give_the_same_table(provider, monkeypatch, tmp_path, ending, kind):
    layer = world.save(world.tank_layer(kind=kind), tmp_path, ending)
    assert reads_fast(provider, layer, monkeypatch)
    fast = read(provider, layer)
    assert_same(fast, read_slowly(provider, layer, monkeypatch))
    assert len(fast.table) == 13
    assert fast.table["first_seen"].notna().sum() == 12
    assert fast.table["gone_by"].notna().sum() == 1
    assert fast.table["diameter_m"].notna().sum() == 4


@pytest.mark.parametrize("ending", ["memory", *world.DRIVERS])
def test_every_format_gives_the_table_of_the_memory_layer(provider, tmp_path, ending):
    layer = world.tank_layer()
    expected = read(provider, layer)
    found = read(provider, layer if ending == "memory" else world.save(layer, tmp_path, ending))
    # FlatGeobuf orders its features by place.
    by_place = [
        rows.table.sort_values(["lon", "lat"], ignore_index=True).round({"lon": 9, "lat": 9})
        for rows in (expected, found)
    ]
    pd.testing.assert_frame_equal(*by_place, check_dtype=False)


@pytest.mark.parametrize("ending", list(world.DRIVERS))
def test_the_filter_of_the_layer_holds(provider, tmp_path, ending):
    layer = world.save(world.tank_layer(), tmp_path, ending)
    assert layer.setSubsetString("\"status\" = 'active'")
    assert len(read(provider, layer).table) == 5


@pytest.mark.parametrize("ending", list(world.DRIVERS))
def test_only_the_selected_tanks(provider, tmp_path, ending):
    layer = world.save(world.tank_layer(), tmp_path, ending)
    QgsProject.instance().addMapLayer(layer)
    layer.selectByExpression("\"status\" = 'abandoned'")
    chosen = read(provider, QgsProcessingFeatureSourceDefinition(layer.id(), True))
    assert len(chosen.table) == 6 and set(chosen.table["status"]) == {"abandoned"}
    layer.selectAll()
    assert len(read(provider, QgsProcessingFeatureSourceDefinition(layer.id(), True)).table) == 13
    layer.removeSelection()
    assert len(read(provider, QgsProcessingFeatureSourceDefinition(layer.id(), True)).table) == 0


def test_a_limit_and_an_expression_of_the_source(provider, tmp_path):
    layer = world.save(world.tank_layer(), tmp_path, "gpkg")
    QgsProject.instance().addMapLayer(layer)
    definition = QgsProcessingFeatureSourceDefinition(layer.id(), False, 3)
    assert len(read(provider, definition).table) == 3
    if hasattr(definition, "filterExpression"):
        definition = QgsProcessingFeatureSourceDefinition(layer.id())
        definition.filterExpression = "\"status\" = 'active'"
        assert len(read(provider, definition).table) == 5


def test_edits_that_are_not_saved(provider, tmp_path):
    layer = world.save(world.tank_layer(), tmp_path, "gpkg")
    layer.startEditing()
    first, second, *_ = [feature.id() for feature in layer.getFeatures()]
    layer.changeAttributeValue(first, layer.fields().indexFromName("status"), "abandoned")
    layer.deleteFeature(second)
    layer.changeGeometry(first, QgsGeometry.fromWkt("POINT (100 20)"))
    table = read(provider, layer).table
    assert len(table) == 12
    assert table.loc[table["lon"] == 100, "status"].tolist() == ["abandoned"]
    layer.rollBack()


def test_virtual_and_joined_fields(provider, tmp_path):
    fields = {name: kind for name, kind in world.FIELDS.items() if name not in ("status", "first_seen")}
    layer = world.save(world.tank_layer(fields=fields), tmp_path, "gpkg")
    layer.addExpressionField("'abandoned'", QgsField("status", layer.fields().at(1).type()))
    facts = world.tank_layer(fields={"tank_id": "string", "first_seen": "date"}, name="facts")
    QgsProject.instance().addMapLayers([layer, facts])
    join = QgsVectorLayerJoinInfo()
    join.setJoinLayer(facts)
    join.setJoinFieldName("tank_id")
    join.setTargetFieldName("tank_id")
    join.setPrefix("")
    join.setUsingMemoryCache(True)
    assert layer.addJoin(join)
    table = read(provider, layer).table
    assert set(table["status"]) == {"abandoned"}
    assert table["first_seen"].notna().sum() == 12


@pytest.mark.parametrize("ending", ["gpkg", "shp"])
def test_multipoints_are_a_tank_a_point(provider, tmp_path, ending):
    layer = world.tank_layer(world.TANKS[:2], kind="MultiPoint")
    pair = QgsGeometry.fromMultiPointXY([world.degrees({"east": 500}), world.degrees({"east": 520})])
    first = next(layer.getFeatures()).id()
    assert layer.dataProvider().changeGeometryValues({first: pair})
    rows = read(provider, world.save(layer, tmp_path, ending))
    assert len(rows.table) == 3
    assert len(set(rows.feature_ids.tolist())) == 2


def test_the_layer_that_is_meant_of_a_file_with_several(provider, monkeypatch, tmp_path):
    from qgis.core import QgsVectorFileWriter

    path = world.save(world.tank_layer(), tmp_path, "gpkg", "first").source().split("|")[0]
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.layerName = "GPKG", "second"
    options.actionOnExistingFile = QgsVectorFileWriter.ActionOnExistingFile.CreateOrOverwriteLayer
    other = world.tank_layer(world.TANKS[:5])
    assert not QgsVectorFileWriter.writeAsVectorFormatV3(
        other, path, QgsProject.instance().transformContext(), options
    )[0]
    for uri, number in (("layername=first", 13), ("layername=second", 5), ("layerid=0", 13), ("layerid=1", 5)):
        layer = QgsVectorLayer(f"{path}|{uri}", "tanks", "ogr")
        assert layer.isValid() and layer.featureCount() == number
        rows = read(provider, layer)
        assert len(rows.table) == number, uri
        assert_same(rows, read_slowly(provider, layer, monkeypatch))


@needs_arrow
def test_a_zipped_file(provider, monkeypatch, tmp_path):
    import zipfile

    world.save(world.tank_layer(), tmp_path, "shp")
    world.save(world.tank_layer(world.TANKS[:5]), tmp_path, "shp", "others")
    with zipfile.ZipFile(tmp_path / "both.zip", "w") as archive:
        for file in [*tmp_path.glob("others.*"), *tmp_path.glob("tanks.*")]:
            archive.write(file, file.name)
    layer = QgsVectorLayer(f"/vsizip/{tmp_path}/both.zip/tanks.shp", "tanks", "ogr")
    assert layer.isValid()
    assert len(read(provider, layer).table) == 13
    assert_same(read(provider, layer), read_slowly(provider, layer, monkeypatch))


def test_columns_named_as_gdal_names_its_own(provider, monkeypatch, tmp_path):
    fields = {**world.FIELDS, "OGC_FID": "integer", "wkb_geometry": "string", "geom_": "string"}
    layer = world.save(
        world.tank_layer([{**tank, "OGC_FID": 7} for tank in world.TANKS], fields=fields), tmp_path, "shp"
    )
    assert_same(read(provider, layer), read_slowly(provider, layer, monkeypatch))
    layer = world.save(world.tank_layer(fields=fields), tmp_path, "geojson")
    assert_same(read(provider, layer), read_slowly(provider, layer, monkeypatch))


def test_dates_beyond_what_tables_hold_are_not_known(provider, monkeypatch, tmp_path):
    tanks = [{**world.TANKS[0], "first_seen": "1600-01-01"}, {**world.TANKS[1], "gone_by": "9999-12-31"}]
    layer = world.save(world.tank_layer(tanks), tmp_path, "gpkg")
    rows = read(provider, layer)
    assert_same(rows, read_slowly(provider, layer, monkeypatch))
    assert rows.table["first_seen"].isna().tolist() == [True, False]
    assert rows.table["gone_by"].isna().all()


def test_an_own_map_of_names(provider, monkeypatch, tmp_path):
    """A shapefile keeps ten letters: what it has of abandoned_since, date_precision and status_date is found."""
    layer = world.save(world.tank_layer(), tmp_path, "shp")
    assert {"abandoned_", "date_preci"} <= set(layer.fields().names())
    assert read(provider, layer).table["abandoned_since"].notna().sum() == 6


def test_the_answers_do_not_depend_on_the_format(tmp_path):
    counts = set()
    for ending in world.DRIVERS:
        results = run(
            "siteexpansion", TANKS=world.save(world.tank_layer(), tmp_path, ending), START_YEAR=2020, END_YEAR=2024
        )
        counts.add(
            tuple(
                value if isinstance(value, int) else round(value, 6)
                for value in results.values()
                if isinstance(value, (int, float))
            )
        )
    assert len(counts) == 1


def test_moments_count_on_the_day_they_are_written(provider, tmp_path):
    path = tmp_path / "tanks.geojson"
    moments = ["2021-01-31T23:00:00-05:00", "2021-02-01T03:00:00+08:00", "2021-02-01T12:00:00Z"]
    path.write_text(
        '{"type":"FeatureCollection","features":['
        + ",".join(
            f'{{"type":"Feature","properties":{{"first_seen":"{moment}"}},'
            '"geometry":{"type":"Point","coordinates":[98,25]}}'
            for moment in moments
        )
        + "]}",
        encoding="utf-8",
    )
    layer = QgsVectorLayer(str(path), "tanks", "ogr")
    days = read(provider, layer).table["first_seen"].dt.strftime("%Y-%m-%d").tolist()
    assert days == [moment[:10] for moment in moments]
