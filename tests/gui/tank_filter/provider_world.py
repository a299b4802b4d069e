"""The twelve tanks with units, sources and diameters, some of them text that a filter may fall over; and questions.

Each answer was worked out by hand from the two tables.
"""

from __future__ import annotations

from leachwatch.analysis.selection.wanted import ANY_TIME, CUMULATIVE, FIRST_SEEN, STANDING, TankFilter
from leachwatch.tests.gui.tank_world import memory_tanks
from qgis.core import QgsField, QgsVectorLayer
from qgis.PyQt.QtCore import QVariant

QUOTES, DROP, BACKSLASH = "O'Brien's \"list\"", "'; DROP TABLE tanks; --", "back\\slash\\"
LINES, COMMENT, MIXED = "two\nlines", "定南 -- no comment", "50 %_ \\' OR 1=1"
BURMESE, MARKS = "မြစ်ကြီးနား", "/* c */ [x] {y} $1 :p ? |layername=t|"
# unit_code, unit_name (as in TANKS), country, source, confidence, diameter_m
MORE = {
    1: ("MM01", "MMR", "USGS", "high", 12.5),
    2: ("MM01", "MMR", QUOTES, "low", 25.0),
    3: (None, "MMR", DROP, "high", None),
    4: ("MM02", "MMR", BACKSLASH, "low", 8.0),
    5: ("CN02", "CHN", LINES, "medium; or so", 8.0),
    6: ("CN02", "CHN", COMMENT, "high", 40.0),
    7: (None, "CHN", MIXED, None, 7.25),
    8: ("", "MMR", BURMESE, "high", 3.0),
    9: (None, "CHN", MARKS, "high", 12.5),
    10: (None, None, None, None, None),
    11: ("", None, "", "", None),
    12: ("MM01", None, "USGS", "high", 100.0),
}
FIELDS = ("unit_code", "country", "source", "confidence")
TEXT_OF_EACH = {2: QUOTES, 3: DROP, 4: BACKSLASH, 5: LINES, 6: COMMENT, 7: MIXED, 8: BURMESE, 9: MARKS}
ALL = set(range(1, 13))


def some(role: str, *values: str) -> TankFilter:
    return TankFilter(values={role: frozenset(values)})


def years(mode: str, first: int, last: int, **more) -> TankFilter:
    return TankFilter(mode=mode, first_year=first, last_year=last, **more)


def classes(statuses: str = "", types: str = "") -> TankFilter:
    given = {"statuses": statuses, "types": types}
    return TankFilter(**{name: frozenset(words.split()) for name, words in given.items() if words})


YEARS = {
    # 5 came and went within 2021, so it stood at the end of no year; 8 is known from its last image alone.
    "standing 2020 to 2022": (years(STANDING, 2020, 2022), {1, 2, 6, 7, 8}),
    # 3 went on the last day of 2019, 4 on the first of 2020.
    "standing 2019": (years(STANDING, 2019, 2019), {1, 2, 4, 7}),
    "standing 2019 to 2020": (years(STANDING, 2019, 2020), {1, 2, 4, 7, 8}),
    # 2 was first seen on the last day of 2016.
    "standing 2015 to 2016": (years(STANDING, 2015, 2016), {1, 2, 3}),
    # 5 in its one year, which is odd: it is gone as it comes.
    "standing 2021": (years(STANDING, 2021, 2021), {1, 2, 6, 7, 8}),
    "ever seen by 2018": (years(CUMULATIVE, 2018, 2018), {1, 2, 3, 4}),
    "ever seen by 2021": (years(CUMULATIVE, 2021, 2021), {1, 2, 3, 4, 5, 6, 7, 8}),
    "first seen 2019 to 2021": (years(FIRST_SEEN, 2019, 2021), {5, 6, 7, 8}),
    "before all": (years(CUMULATIVE, 2000, 2001), set()),
}
UNDATED = {
    "first seen, or undated": (years(FIRST_SEEN, 2019, 2021, undated=True), {5, 6, 7, 8, 10, 11}),
    "standing 2019, or undated": (years(STANDING, 2019, 2019, undated=True), {1, 2, 4, 7, 10, 11}),
    "only undated": (TankFilter(only_undated=True), {10, 11}),
    "undated and active": (TankFilter(only_undated=True, statuses=frozenset({"active"})), set()),
}
CLASSES = {
    "active": (classes("active"), {1, 2, 6, 9}),
    "abandoned": (classes("abandoned"), {3, 4, 5, 12}),
    "unknown or no status": (classes("unknown"), {7, 8, 10, 11}),
    "active or unknown": (classes("active unknown"), {1, 2, 6, 7, 8, 9, 10, 11}),
    "no status at all": (TankFilter(statuses=frozenset()), set()),
    "unknown or no type": (classes(types="unknown"), {7, 11, 12}),
    "precipitation": (classes(types="precipitation"), {2, 5, 9}),
    "abandoned leachate": (classes("abandoned", "leachate"), {3, 4}),
}
VALUES = {
    **{repr(text): (some("source", text), {tank}) for tank, text in TEXT_OF_EACH.items()},
    "all the texts at once": (some("source", *TEXT_OF_EACH.values()), set(TEXT_OF_EACH)),
    "no source": (some("source", ""), {10, 11}),
    "a source or none": (some("source", "", "USGS"), {1, 10, 11, 12}),
    "no source has it": (some("source", "USGS' OR '1'='1"), set()),
    "a part of a source": (some("source", "USG", "O'Brien", "_SGS", "%"), set()),
    "five thousand sources": (some("source", LINES, *(f"it's \\{n} %" for n in range(5000))), {5}),
    "confidence": (some("confidence", "low", "medium; or so"), {2, 4, 5}),
    "country": (some("country", "CHN"), {5, 6, 7, 9}),
    "units by code": (some("unit", "MM01", "CN02"), {1, 2, 5, 6, 12}),
    "units by name, having no code": (some("unit", "O'Brien", "ချီဖွေ", "定南"), {3, 7, 8, 11}),
    "a unit by each": (some("unit", "MM02", "定南"), {4, 7}),
    "no unit": (some("unit", ""), {9, 10}),
    "two roles": (TankFilter(values={"country": frozenset({"MMR"}), "confidence": frozenset({"high"})}), {1, 3, 8}),
    "no value at all": (some("country"), set()),
}
DIAMETERS = {
    "from 8": (TankFilter(diameter=(8, None), unmeasured=False), {1, 2, 4, 5, 6, 9, 12}),
    "7.25 to 12.5": (TankFilter(diameter=(7.25, 12.5), unmeasured=False), {1, 4, 5, 7, 9}),
    "up to 7.3, or not measured": (TankFilter(diameter=(None, 7.3)), {3, 7, 8, 10, 11}),
    "measured": (TankFilter(unmeasured=False), ALL - {3, 10, 11}),
}
SEARCH = {
    "obrien": (TankFilter(search="o'BRIEN"), {2, 3, 11}),
    "burmese": (TankFilter(search="ကြီး"), {8}),
    "chinese": (TankFilter(search=" 定南 "), {5, 6, 7}),
    "quote": (TankFilter(search="'"), {2, 3, 7, 11}),
    "percent": (TankFilter(search="%"), {4, 7}),
    "underscore": (TankFilter(search="_"), {7}),
    "backslash": (TankFilter(search="\\"), {4, 7}),
    "comment": (TankFilter(search="--"), {3, 6}),
    "nothing": (TankFilter(search="not there"), set()),
    "a number": (TankFilter(search="MM0"), {1, 2, 4, 12}),
}
TOGETHER = {
    "all three": (
        TankFilter(
            STANDING,
            2021,
            2024,
            statuses=frozenset({"abandoned", "unknown"}),
            types=frozenset({"leachate", "unknown"}),
        ),
        {7, 8, 12},
    ),
    "everything": (TankFilter(mode=ANY_TIME), ALL),
}


def rich_tanks() -> QgsVectorLayer:
    """The twelve tanks in memory, with all columns."""
    layer = memory_tanks()
    provider = layer.dataProvider()
    fields = [QgsField(name, QVariant.String, len=254) for name in FIELDS]
    provider.addAttributes([*fields, QgsField("diameter_m", QVariant.Double)])
    layer.updateFields()
    first = len(layer.fields()) - len(FIELDS) - 1
    changes = {
        feature.id(): dict(enumerate(MORE[int(feature["tank_id"])], start=first)) for feature in layer.getFeatures()
    }
    assert provider.changeAttributeValues(changes)
    return layer
