"""Whatever JSON a service answers with, it ends in candidates that may be asked or in words for the user."""

from __future__ import annotations

from urllib.parse import urlsplit

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from leachwatch.sources.errors import SourceError
from leachwatch.sources.online.obtain import boundaries, usgs_tanks
from leachwatch.tests.servers import serving
from leachwatch.tests.servers.routes import as_json
from leachwatch.tests.unit.sources.catalogue_samples import NETWORK, at

TEXTS = some.sampled_from(
    """tanks.csv a.shp a.dbf a.shx mmr_admin_boundaries.shp.zip mmr_adm3.geojson ../x.zip CON.zip MMR ADM3 MD5 SHP abc
    file:///etc/passwd https://[ https://host.example/a.zip https://www.sciencebase.gov/x.zip /x.zip s3://b/x.zip""".split()
) | some.sampled_from(["", "a\nb", "\udcff", "x" * 3000])
KEYS = some.sampled_from(
    """id items files facets name size checksum type value url downloadUri publishedS3Uri success result resources
    format license_title last_modified error message provenance gjDownloadURL simplifiedGeometryGeoJSON boundaryISO
    boundaryType hasChildren contentType rights""".split()
)
LEAVES = some.one_of(some.none(), some.booleans(), some.integers(), some.floats(allow_nan=False), TEXTS)
SHAPES = some.recursive(
    LEAVES,
    lambda inner: some.one_of(some.lists(inner, max_size=4), some.dictionaries(KEYS, inner, max_size=8)),
    max_leaves=30,
)
FILES = some.lists(some.dictionaries(KEYS, SHAPES, max_size=6) | SHAPES, max_size=6)
THOROUGH = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def require_candidates_or_words(dataset, base):
    try:
        ways = dataset.locate(NETWORK)
    except SourceError as error:
        assert len(str(error)) > 20
        return
    assert ways
    for remote in (remote for way in ways for wanted in (way.file, *way.beside) for remote in wanted.remotes):
        parts = urlsplit(remote.url)
        assert parts.scheme == "https" or remote.url.startswith(base + "/")
        assert "/" not in remote.file_name and "\\" not in remote.file_name and remote.file_name not in ("", ".", "..")


@THOROUGH
@given(found=SHAPES, item=SHAPES, files=FILES)
def test_sciencebase(found, item, files):
    known = {"items": [{"id": "abc"}]}
    with serving({"/catalog/items": as_json(known if files else found)}) as server:
        server.routes["/catalog/item/abc"] = as_json({"files": files, "hasChildren": True} if files else item)
        require_candidates_or_words(usgs_tanks(at(server.base)), server.base)


@THOROUGH
@given(answer=SHAPES, resources=FILES)
def test_hdx(answer, resources):
    whole = {"success": True, "result": {"resources": resources, "title": answer, "caveats": answer}}
    with serving({"/api/3/action/package_show": as_json(whole if resources else answer)}) as server:
        require_candidates_or_words(boundaries("cod-ab", "MMR", at(server.base)), server.base)


@THOROUGH
@given(answer=some.dictionaries(KEYS, SHAPES, max_size=12) | SHAPES)
def test_geoboundaries(answer):
    with serving({"/api/current/gbOpen/MMR/ADM3/": as_json(answer)}) as server:
        require_candidates_or_words(boundaries("geoboundaries", "MMR", at(server.base)), server.base)
