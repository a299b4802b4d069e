"""A report of selected rows says so, and knows their layer: its name, its licence, and that it is invented."""

from leachwatch.processing.parameters.layers import part_read
from leachwatch.tests.qgis.processing import world
from leachwatch.tests.qgis.processing.reports_reader import read_page
from qgis.core import QgsProcessingContext, QgsProcessingFeatureSourceDefinition, QgsProject

YEARS = {"START_YEAR": 2020, "END_YEAR": 2024}


def test_a_selection_of_the_synthetic_sample(tmp_path):
    import processing

    layer = world.tank_layer()
    layer.setName("tanks synthetic")
    metadata = layer.metadata()
    metadata.setLicenses(["CC0"])
    layer.setMetadata(metadata)
    QgsProject.instance().addMapLayer(layer)
    layer.selectByIds([feature.id() for feature in layer.getFeatures()][:6])
    path = tmp_path / "report.html"
    chosen = QgsProcessingFeatureSourceDefinition(layer.id(), True)
    given = {"TANKS": chosen, "HTML": str(path), "SITES": "TEMPORARY_OUTPUT", **YEARS}
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    assert processing.run("leachwatch:siteexpansion", given, context=context)["TANK_COUNT"] == 6
    text = " ".join(read_page(path).words)
    assert "Synthetic sample: no real place or count" in text and "CC0" in text
    assert "Only a part of it was read: selected features only." in text
    assert "--TANKS=tanks synthetic (selected features only)" in text


def test_which_part_is_read():
    assert part_read("tanks.gpkg") == "" == part_read(QgsProcessingFeatureSourceDefinition("id"))
    first = QgsProcessingFeatureSourceDefinition("id", True, 3)
    assert part_read(first) == "selected features only, the first 3 features"
