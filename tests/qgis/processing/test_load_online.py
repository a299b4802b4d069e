"""Loading without a file: the cache, the services played by a local server, and what the layer says of its origin."""

from __future__ import annotations

import hashlib

import pytest
from leachwatch.tests.qgis.processing.running import Log, failing, layer_of, rows, run
from leachwatch.tests.servers import serving
from leachwatch.tests.servers.routes import as_json, body, html
from leachwatch.tests.unit.sources.catalogue_samples import CSV, geojson

URLS = ("SCIENCEBASE_URL", "HDX_URL", "GEOBOUNDARIES_URL", "LFS_URL", "MIMU_URL")
UNIT = {"shapeName": "Chipwi", "shapeID": "1", "shapeGroup": "MMR", "shapeType": "ADM3"}


@pytest.fixture()
def service(settings):
    """A server that stands for every service, and settings that allow going online there."""
    with serving({}) as server:
        settings.delenv("LEACHWATCH_OFFLINE")
        for name in URLS:
            settings.setenv(f"LEACHWATCH_{name}", server.base)
        entry = {"name": "tanks.csv", "size": len(CSV), "url": f"{server.base}/f/tanks.csv"}
        server.routes.update(
            {
                "/catalog/items": as_json({"items": [{"id": "abc"}]}),
                "/catalog/item/abc": as_json({"id": "abc", "files": [entry], "citation": "Padilla, 2025"}),
                "/catalog/file/get/abc": body(CSV),
            }
        )
        yield server


def test_the_release_is_downloaded_once_and_then_comes_from_the_cache(service):
    log = Log()
    first = run("loadusgstanks", log)
    asked = len(service.asked)
    assert (first["TANK_COUNT"], first["CITATION"]) == (2, "Padilla, 2025")
    assert asked == 3 and all("Leachwatch" in one.headers["user-agent"] for one in service.asked)
    assert sum("127.0.0.1" in text for text in log.infos) == asked, "each request is told"
    again = run("loadusgstanks", log, MODE="cache-first")
    offline = run("loadusgstanks", log, MODE="offline")
    assert len(service.asked) == asked
    assert rows(first["OUTPUT"]) == rows(again["OUTPUT"]) == rows(offline["OUTPUT"])
    run("loadusgstanks", MODE="refresh")
    assert len(service.asked) == 2 * asked


def test_the_setting_offline_asks_nobody_and_says_how_to_bring_the_file(service, settings):
    settings.setenv("LEACHWATCH_OFFLINE", "yes")
    for mode in ("cache-first", "refresh", "offline"):
        message = failing("loadusgstanks", MODE=mode)
        assert "https://doi.org/10.5066/P1BSFNQ2" in message and "INPUT" in message and "cache" in message
    assert "Offline" in failing("loadtownships")
    assert service.asked == []


def test_a_captcha_page_names_the_page_to_open(service):
    service.routes["/catalog/file/get/abc"] = service.routes["/f/tanks.csv"] = html()
    message = failing("loadusgstanks")
    assert "https://doi.org/10.5066/P1BSFNQ2" in message and "browser" in message and "INPUT" in message


def test_a_mistyped_address_is_not_replaced_by_the_real_one(settings):
    settings.delenv("LEACHWATCH_OFFLINE")
    settings.setenv("LEACHWATCH_SCIENCEBASE_URL", "htp:/mirror")
    message = failing("loadusgstanks")
    assert "LEACHWATCH_SCIENCEBASE_URL" in message and "htp:/mirror" in message


def test_boundaries_of_myanmar(service):
    service.routes["/api/current/gbOpen/MMR/ADM3/"] = as_json(
        {
            "boundaryISO": "MMR",
            "boundaryLicense": "CC BY 4.0",
            "gjDownloadURL": f"{service.base}/full.geojson",
            "simplifiedGeometryGeoJSON": f"{service.base}/simple.geojson",
        }
    )
    service.routes["/full.geojson"] = body(geojson(UNIT))
    results = run("loadtownships", SOURCE="geoboundaries")
    assert results["UNIT_COUNT"] == 1
    assert [row["unit_name"] for row in rows(results["OUTPUT"])] == ["Chipwi"]
    assert layer_of(results["OUTPUT"]).metadata().licenses() == ["CC BY 4.0"]


def test_mimu_wants_its_terms_agreed_to(service):
    assert "terms" in failing("loadtownships", SOURCE="mimu")
    assert service.asked == []


def test_no_service_has_sites_of_isp():
    message = failing("loadispsites")
    assert "No file was given (INPUT)" in message and "choose a file" in message


@pytest.mark.parametrize("target", ["memory", "tanks.gpkg", "tanks.shp", "tanks.geojson"])
def test_a_layer_says_where_it_comes_from(tmp_path, target):
    source = tmp_path / "pools.csv"
    source.write_bytes(CSV)
    output = "TEMPORARY_OUTPUT" if target == "memory" else str(tmp_path / target)
    results = run("loadusgstanks", INPUT=str(source), OUTPUT=output)
    layer = layer_of(results["OUTPUT"])
    if target != "memory":
        layer.loadDefaultMetadata()
    metadata = layer.metadata()
    assert metadata.title() == "pools.csv"
    assert metadata.identifier() == f"sha256:{hashlib.sha256(CSV).hexdigest()}"
    assert metadata.rights() == [results["CITATION"]] and metadata.licenses() == ["not stated"]
    assert results["FIELD_MAP_USED"] in metadata.abstract() and "2 rows read = 2 tanks" in metadata.abstract()
    assert any("SHA-256" in event for event in metadata.history())
    assert str(tmp_path) not in metadata.abstract() + "".join(metadata.history()), "folders are nobody's business"


def test_a_downloaded_layer_says_when_and_from_where(service):
    metadata = layer_of(run("loadusgstanks")["OUTPUT"]).metadata()
    assert f"{service.base}/catalog/file/get/abc?name=tanks.csv" in [link.url for link in metadata.links()]
    assert "https://doi.org/10.5066/P1BSFNQ2" in [link.url for link in metadata.links()]
    assert any(event.startswith("Retrieved 20") and service.base in event for event in metadata.history())


def test_a_layer_that_is_loaded_into_a_project_keeps_its_origin(tmp_path, project):
    import processing

    source = tmp_path / "pools.csv"
    source.write_bytes(CSV)
    processing.runAndLoadResults("leachwatch:loadusgstanks", {"INPUT": str(source), "OUTPUT": "TEMPORARY_OUTPUT"})
    assert [layer.metadata().title() for layer in project.mapLayers().values()] == ["pools.csv"]
