"""Valid files of every form, damaged at random: each is read, or refused with words. The seeds are fixed."""

import random
import shutil
import zipfile
from io import BytesIO

import pytest
from leachwatch.sources.errors import SourceError
from leachwatch.sources.files.reader import read
from osgeo import ogr

from .conftest import write_layer
from .test_source_formats_by_content import MAKERS, has_places

TIMES = 50
BITS = [b"<", b"&", b'"', b"[", b"{", b"9" * 30, b"-1", b"\0", b"\xff", b"NaN", b"null"]
POINTS = [(f"POINT ({98 + n / 100} 25)", {"UID": f"t{n}", "n": n, "r": n / 3}) for n in range(30)]
GPX = (
    '<gpx version="1.1"><wpt lat="25.5" lon="98.1"><name>A</name><time>2021-03-14T05:00:00Z</time></wpt>'
    '<trk><trkseg><trkpt lat="25" lon="98"/></trkseg></trk></gpx>'
)


def gpx(folder):
    (folder / "t.gpx").write_text(GPX)
    return folder / "t.gpx"


ALL = {
    **MAKERS,
    "GPX": gpx,
    "shapefile": lambda folder: write_layer(folder / "t.shp", POINTS, geometry=ogr.wkbPoint),
    "geodatabase": lambda folder: write_layer(folder / "t.gdb", POINTS, geometry=ogr.wkbPoint),
}


def damaged(content, chance):
    """Return bytes with some overwritten, cut out, put in, cut off or repeated."""
    data = bytearray(content)
    for _ in range(chance.choice([1, 1, 3, 8])):
        if not data:
            break
        at, kind = chance.randrange(len(data)), chance.randrange(5)
        if kind == 0:
            data[at] = chance.randrange(256)
        elif kind == 1:
            del data[at : at + chance.randrange(30)]
        elif kind == 2:
            data[at:at] = chance.choice(BITS)
        elif kind == 3:
            del data[at + 1 :]
        else:
            data[at:at] = data[: at + 50][-50:]
    return bytes(data)


def damaged_inside(content, chance):
    """Return a zip with one of its entries damaged, the zip itself sound."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as whole, zipfile.ZipFile(out, "w") as made:
        chosen = chance.choice(whole.namelist())
        for name in whole.namelist():
            made.writestr(name, damaged(whole.read(name), chance) if name == chosen else whole.read(name))
    return out.getvalue()


@pytest.mark.parametrize("form", ALL)
def test_a_damaged_file_is_read_or_refused(tmp_path, form):
    (tmp_path / "whole").mkdir()
    path, chance = ALL[form](tmp_path / "whole"), random.Random(form)
    answers = []
    for number in range(TIMES):
        folder = shutil.copytree(tmp_path / "whole", tmp_path / str(number))
        parts = [one for one in sorted(folder.rglob("*")) if one.is_file()]
        part = chance.choice(parts)
        content = part.read_bytes()
        inside = content.startswith(b"PK") and chance.random() < 0.7
        part.write_bytes((damaged_inside if inside else damaged)(content, chance))
        try:
            source = read(str(folder / path.name), has_places=has_places)
            assert source.geometry is None or len(source.geometry) == len(source.table)
            answers.append("read")
        except SourceError as error:
            assert str(error).endswith("."), error
            answers.append("refused")
        shutil.rmtree(folder)
    assert len(answers) == TIMES
    assert "refused" in answers or form in ("CSV", "TSV"), "the damage did nothing"
