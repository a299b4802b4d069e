"""Run inside QGIS (``qgis --code``): uses the docks on the sample, and takes pictures of them.

``LEACHWATCH_THEME``: QGIS's theme of that name instead of its own; the pictures' names then end in ``_dark``. The strip
of the years is made without it.
"""

import os
import subprocess
import sys

from qgis import utils
from qgis.core import QgsApplication, QgsProject, QgsRectangle
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDockWidget

sys.path.insert(0, os.environ["LEACHWATCH_TOOLS"])
from picturing import FOLDER, WINDOW, begin, press, sample, start_plugin

THEME = os.environ.get("LEACHWATCH_THEME", "")
SUFFIX = "_dark" if THEME else ""
CANVAS = utils.iface.mapCanvas()
# A part of the synthetic sample, in degrees.
VALLEY = QgsRectangle(98.02, 25.72, 98.40, 25.95)
HALF = 0.012
STRIP = (2012, 2015, 2018, 2021, 2024)
# Tanks of a map that is shown at a third of its size.
STRIP_MM = 4.5


def dock(name):
    """Return a dock of the plugin."""
    return WINDOW.findChild(QDockWidget, f"Leachwatch{name}")


def tanks():
    """Return the sample's tanks."""
    return sample("tanks_synthetic_sample")


def close_up():
    """Return a window about the middle of the densest tanks of one township."""
    places = [f.geometry().asPoint() for f in tanks().getFeatures("unit_code = 'MMR001005'")]

    def neighbours(place):
        return sum(abs(place.x() - other.x()) < HALF and abs(place.y() - other.y()) < HALF for other in places)

    middle = max(places[::7], key=neighbours)
    return QgsRectangle(middle.x() - HALF, middle.y() - HALF, middle.x() + HALF, middle.y() + HALF)


def start():
    """Open QGIS with the sample, the filter and the style."""
    if THEME:
        QgsApplication.setUITheme(THEME)
    start_plugin()
    press("tank_filter")
    press("tank_style")


def dress():
    """Give the tanks the dock's style, on a part of the map."""
    dock("TankStyle").form.apply.click()
    CANVAS.setExtent(VALLEY)
    CANVAS.refresh()


def ask(**changes):
    """Ask the filter for something, as its widgets do."""
    dock("TankFilter").years.asked.emit(changes)


def narrow():
    """Show the tanks that stood between 2018 and 2021, without those of unknown status."""
    ask(mode="standing", first_year=2018, last_year=2021)
    ask(statuses=frozenset({"active", "abandoned"}))


def style(field, value):
    """Choose in the style dock what it offers under a name, and apply it."""
    form = dock("TankStyle")
    box = getattr(form.tanks.page, field)
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())
    form.form.apply.click()


def detect():
    """Show all tanks again, make sites of them, and style them."""
    import processing

    dock("TankFilter").controller.reset()
    parameters = {"TANKS": tanks(), "UNITS": sample("townships_synthetic_sample"), "START_YEAR": 2018, "END_YEAR": 2024}
    processing.runAndLoadResults("leachwatch:siteexpansion", {**parameters, "SITES": "TEMPORARY_OUTPUT"})
    CANVAS.setExtent(close_up())
    press("tank_reading")
    dock("TankReading").raise_()


def click_site():
    """Click a site in the middle of the map."""
    reading = dock("TankReading")
    reading.form.pick.click()
    sites = next(one for one in QgsProject.instance().mapLayers().values() if "change_class" in one.fields().names())
    middle = CANVAS.extent().center()
    inside = max(sites.getFeatures(CANVAS.extent()), key=lambda one: one["tanks_end"] - 50 * far(one, middle))
    pixel = CANVAS.getCoordinateTransform().transform(inside.geometry().pointOnSurface().asPoint())
    QTest.mouseClick(
        CANVAS.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QPoint(round(pixel.x()), round(pixel.y())),
    )


def far(feature, middle):
    """Return how far a feature is from a place, in windows."""
    place = feature.geometry().centroid().asPoint()
    return (abs(place.x() - middle.x()) + abs(place.y() - middle.y())) / HALF


def feature_page():
    """Show what the layer says of the site."""
    form = dock("TankReading").form
    form.pages.setCurrentWidget(form.feature_page)


def shoot_strip():
    """Put the maps of the years beside each other, each with its year."""
    parts = []
    for year in STRIP:
        path = FOLDER / f"strip_{year}.png"
        parts += ["-label", str(year), str(path)]
    command = [
        "montage",
        *parts,
        "-tile",
        f"{len(STRIP)}x1",
        "-geometry",
        "+3+3",
        "-pointsize",
        "16",
        "-font",
        "DejaVu-Sans",
    ]
    subprocess.run([*command, str(FOLDER / "years.png")], check=True)
    for year in STRIP:
        (FOLDER / f"strip_{year}.png").unlink()


def begin_strip():
    """Show the whole map in its status of the year, without what is not needed for the strip."""
    QgsProject.instance().removeMapLayers(
        [one.id() for one in QgsProject.instance().mapLayers().values() if "change_class" in one.fields().names()]
    )
    dock("TankReading").close()
    CANVAS.setExtent(VALLEY)
    dock("TankStyle").tanks.symbols.size_mm.setValue(STRIP_MM)
    style("mode", "in-year")


def strip(year):
    """Return the step that shows one year."""
    return lambda: ask(mode="standing", first_year=year, last_year=year)


def small_map():
    """Return a picture of the map, small enough for a strip."""
    return CANVAS.grab().scaledToWidth(250, Qt.TransformationMode.SmoothTransformation)


class Shot:
    """What ``picturing.shoot`` takes of the map."""

    def grab(self):
        """Return the picture."""
        return small_map()


STEPS = [
    (start, 5000, None),
    (dress, 4000, f"docks{SUFFIX}"),
    (narrow, 4000, f"filtered{SUFFIX}"),
    (detect, 9000, None),
    (click_site, 6000, f"reading{SUFFIX}"),
    (feature_page, 2000, f"reading_feature{SUFFIX}"),
]
if not THEME:
    STEPS += [(begin_strip, 3000, None)]
    STEPS += [(strip(year), 3000, (f"strip_{year}", Shot)) for year in STRIP]
    STEPS += [(shoot_strip, 500, None)]
begin(STEPS)
