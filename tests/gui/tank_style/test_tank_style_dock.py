"""The style dock, with mouse and keyboard: what it offers, what it does to layers, and that it lets go."""

from __future__ import annotations

import pytest
from leachwatch import settings
from leachwatch.analysis.definition import STANDING
from leachwatch.analysis.selection.wanted import TankFilter
from leachwatch.tests.gui.tank_style.style_world import is_blank
from leachwatch.tests.gui.tank_world import memory_tanks
from leachwatch.tests.gui.waiting import wait_until
from leachwatch.ui.tank_data.layers import remember_columns
from leachwatch.ui.tank_filter.own_filter.hold import FilterHold
from leachwatch.ui.tank_style.dock import TankStyleDock
from leachwatch.ui.tank_style.named_styles import STYLE_NAMES
from leachwatch.ui.tank_style.options import (
    AGE,
    BY_DIAMETER,
    BY_ID,
    CLUSTERS,
    COLOUR_BLIND,
    GROUND,
    HEAT,
    IN_YEAR,
    MODES,
    POINTS,
    PRINT,
)
from leachwatch.ui.tank_style.palettes import GROUND as GROUND_COLOUR
from qgis.core import (
    Qgis,
    QgsFeature,
    QgsGeometry,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsProject,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractButton, QApplication, QComboBox, QFileDialog, QLabel, QSpinBox

LEFT = Qt.MouseButton.LeftButton
STATUS = STYLE_NAMES[POINTS]


@pytest.fixture(autouse=True)
def profile(monkeypatch, tmp_path):
    """A profile's folder of the test's own: no default is kept."""
    monkeypatch.setattr(settings.QgsApplication, "qgisSettingsDirPath", lambda: str(tmp_path / "profile"))


@pytest.fixture
def painted(tanks):
    """The tanks in a style of the user's own: purple stars, with labels on."""
    tanks.setRenderer(QgsSingleSymbolRenderer(QgsMarkerSymbol.createSimple({"name": "star", "color": "#800080"})))
    labels = QgsPalLayerSettings()
    labels.fieldName = "tank_id"
    tanks.setLabeling(QgsVectorLayerSimpleLabeling(labels))
    tanks.setLabelsEnabled(True)
    return tanks


def is_own(layer) -> bool:
    renderer = layer.renderer()
    return renderer.type() == "singleSymbol" and renderer.symbol().color().name() == "#800080"


def choose(box: QComboBox, value: str) -> None:
    """Choose with the keyboard, as a person would."""
    box.setFocus()
    for _ in range(box.count()):
        QTest.keyClick(box, Qt.Key.Key_Up)
    for _ in range(box.count()):
        if box.currentData() == value:
            return
        QTest.keyClick(box, Qt.Key.Key_Down)
    raise AssertionError(f"{value} cannot be chosen")


def legend(dock):
    QApplication.processEvents()
    cells = [dock.form.legend.itemAt(at).widget() for at in range(dock.form.legend.count())]
    return [cell.text() for cell in cells if isinstance(cell, QLabel) and cell.text()]


def told(iface, level=Qgis.Info):
    return iface.messageBar().get_messages(level)[-1]


def unfold(dock):
    for group in (dock.tanks.symbols, dock.tanks.labels, dock.files.group):
        group.setCollapsed(False)


def test_apply_adds_a_named_style_and_back_goes_to_the_users_own(open_dock, painted):
    dock = open_dock(TankStyleDock)
    assert dock.objectName() == "LeachwatchTankStyle"
    QTest.mouseClick(dock.form.apply, LEFT)
    styles = painted.styleManager()
    assert set(styles.styles()) == {"default", STATUS} and styles.currentStyle() == STATUS
    assert painted.renderer().type() == "categorizedSymbol" and painted.labelsEnabled()
    assert dock.form.current.text() == f"In use: {STATUS}"
    QTest.mouseClick(dock.form.back, LEFT)
    assert styles.currentStyle() == "default" and is_own(painted)
    assert not dock.form.back.isEnabled()


@pytest.mark.parametrize("mode", MODES)
def test_each_way_to_show_tanks_has_a_preview_and_a_legend_and_is_applied(open_dock, painted, mode):
    dock = open_dock(TankStyleDock)
    choose(dock.tanks.page.mode, mode)
    assert is_own(painted), "nothing is done before Apply"
    assert legend(dock)
    preview = dock.tanks.preview
    before = preview.pixmap().cacheKey() if preview.pixmap() else None
    dock.tanks.changed.emit()
    wait_until(lambda: preview.pixmap() and preview.pixmap().cacheKey() != before, 5)
    image = preview.pixmap().toImage()
    middle = image.copy(image.width() // 2 - 60, 0, 120, image.height())
    assert not is_blank(middle, GROUND_COLOUR)
    QTest.mouseClick(dock.form.apply, LEFT)
    assert painted.styleManager().currentStyle() == STYLE_NAMES[mode]
    for other in MODES:
        choose(dock.tanks.page.mode, other)
        QTest.mouseClick(dock.form.apply, LEFT)
        assert dock.tanks.page.mode.currentData() == other, "what was chosen stays chosen"
        assert painted.styleManager().currentStyle() == STYLE_NAMES[other]
    painted.styleManager().setCurrentStyle(STYLE_NAMES[mode])
    assert dock.tanks.page.mode.currentData() == mode, "the dock follows the style that is chosen elsewhere"
    assert dock.tanks.page.year_row.isVisibleTo(dock) == (mode == IN_YEAR)
    assert dock.tanks.page.near_row.isVisibleTo(dock) == (mode in (CLUSTERS, HEAT))


def test_the_legend_says_what_colours_mean(open_dock, painted):
    dock = open_dock(TankStyleDock)
    assert legend(dock) == [
        "active: blue in the imagery",
        "abandoned: brown in the imagery",
        "status unknown",
        "no status given",
    ]
    choose(dock.tanks.page.colours, COLOUR_BLIND)
    assert legend(dock) == ["active", "abandoned", "status unknown", "no status given"]
    choose(dock.tanks.page.mode, IN_YEAR)
    assert legend(dock)[:2] == ["active in 2021", "abandoned in 2021"]
    choose(dock.tanks.page.mode, HEAT)
    assert legend(dock) == ["no tank – most tanks on the map"]


def test_a_palette_is_chosen_with_the_keyboard(open_dock, painted):
    dock = open_dock(TankStyleDock)
    choose(dock.tanks.page.colours, COLOUR_BLIND)
    dock.form.apply.setFocus()
    QTest.keyClick(dock.form.apply, Qt.Key.Key_Space)
    categories = {item.value(): item.symbol().clone() for item in painted.renderer().categories()}
    known = [categories[status] for status in ("active", "abandoned", "unknown")]
    assert len({symbol.color().name() for symbol in known}) == 3
    assert len({symbol.symbolLayer(0).shape() for symbol in known}) == 3


def test_what_is_chosen_comes_back_with_the_layer(open_dock, painted, project):
    dock = open_dock(TankStyleDock)
    unfold(dock)
    choose(dock.tanks.page.mode, CLUSTERS)
    dock.tanks.page.near.setValue(12)
    choose(dock.tanks.page.colours, PRINT)
    QTest.mouseClick(dock.tanks.symbols.by_type, LEFT, pos=dock.tanks.symbols.by_type.rect().center())
    dock.tanks.symbols.opacity.setValue(60)
    choose(dock.tanks.labels.text, BY_ID)
    wanted = dock.tanks.options
    assert wanted.cluster_mm == 12 and wanted.opacity == 60 and wanted.labels == BY_ID
    QTest.mouseClick(dock.form.apply, LEFT)
    other = memory_tanks("other tanks")
    project.addMapLayer(other)
    dock.choose(other)
    choose(dock.tanks.page.mode, POINTS)
    dock.tanks.symbols.opacity.setValue(100)
    dock.choose(painted)
    assert dock.tanks.options == wanted


def test_what_the_layer_has_no_column_for_is_not_offered(open_dock, painted):
    dock = open_dock(TankStyleDock)
    unfold(dock)

    def can(box, value):
        return box.model().item(box.findData(value)).isEnabled()

    assert not can(dock.tanks.symbols.sizing, GROUND) and not can(dock.tanks.labels.text, BY_DIAMETER)
    assert can(dock.tanks.labels.text, BY_ID) and dock.tanks.symbols.by_type.isEnabled()
    assert can(dock.tanks.page.mode, AGE)
    remember_columns(painted, {"status": "status"})
    QApplication.processEvents()
    assert not can(dock.tanks.page.mode, AGE) and not can(dock.tanks.page.mode, IN_YEAR)
    assert not dock.tanks.symbols.by_type.isEnabled()


def test_two_distances_share_a_box(open_dock, painted):
    dock = open_dock(TankStyleDock)
    near = dock.tanks.page.near
    choose(dock.tanks.page.mode, CLUSTERS)
    near.setValue(20)
    choose(dock.tanks.page.mode, HEAT)
    assert near.value() == 6
    near.setValue(3)
    choose(dock.tanks.page.mode, CLUSTERS)
    assert near.value() == 20 and dock.tanks.options.heat_mm == 3


def test_a_style_changed_by_hand_is_said_and_kept(open_dock, painted, qgis_iface):
    dock = open_dock(TankStyleDock)
    QTest.mouseClick(dock.form.apply, LEFT)
    painted.renderer().updateCategorySymbol(0, QgsMarkerSymbol.createSimple({"color": "#00ff00"}))
    dock.show_state()
    assert "changed by hand since" in dock.form.current.text()
    QTest.mouseClick(dock.form.apply, LEFT)
    assert f"{STATUS}, changed by hand" in told(qgis_iface)
    assert f"{STATUS}, changed by hand" in painted.styleManager().styles()


def test_all_tank_layers_at_once_and_no_other(open_dock, painted, project, qgis_iface):
    more, other = memory_tanks("more tanks"), QgsVectorLayer("Point?field=a:string", "wells", "memory")
    project.addMapLayers([more, other])
    dock = open_dock(TankStyleDock)
    QTest.mouseClick(dock.form.apply_all, LEFT)
    assert {layer.styleManager().currentStyle() for layer in (painted, more)} == {STATUS}
    assert other.styleManager().styles() == ["default"]
    assert "2" in told(qgis_iface)


def test_the_year_follows_the_filter_of_every_layer(open_dock, painted, project):
    more = memory_tanks("more tanks")
    project.addMapLayer(more)
    dock = open_dock(TankStyleDock)
    choose(dock.tanks.page.mode, IN_YEAR)
    QTest.mouseClick(dock.form.apply_all, LEFT)

    def first(layer):
        return layer.renderer().legendSymbolItems()[0].label()

    for layer, year in ((painted, 2019), (more, 2016)):
        wanted = TankFilter(mode=STANDING, first_year=2010, last_year=year)
        assert FilterHold(layer).put("\"tank_id\" <> 'x'", wanted)
    wait_until(lambda: (first(painted), first(more)) == ("active in 2019", "active in 2016"), 5)
    shown = {2019: painted, 2016: more}[2019 if dock.layer_in_hand() is painted else 2016]
    assert legend(dock)[0] == first(shown)
    assert dock.tanks.page.follow.text().endswith(first(shown)[-4:]) and not dock.tanks.page.year.isEnabled()
    assert FilterHold(painted).restore()
    wait_until(lambda: first(painted) == "active in 2021", 5)
    dock.hide()
    assert FilterHold(more).restore()
    QTest.qWait(30)
    assert first(more) == "active in 2016", "a hidden dock does nothing"
    dock.show()
    wait_until(lambda: first(more) == "active in 2021", 5)


def sites():
    layer = QgsVectorLayer(
        "Polygon?crs=EPSG:4326&field=site_id:string&field=tanks_end:integer&field=change_class:string",
        "sites",
        "memory",
    )
    feature = QgsFeature(layer.fields())
    feature.setAttributes(["S1", 5, "new"])
    feature.setGeometry(QgsGeometry.fromWkt("Polygon ((98 25, 98.1 25, 98.1 25.1, 98 25))"))
    layer.dataProvider().addFeatures([feature])
    return layer


def test_sites_have_a_page_of_their_own(open_dock, project):
    layer = sites()
    project.addMapLayer(layer)
    dock = open_dock(TankStyleDock)
    assert dock.ready.page.isVisibleTo(dock) and not dock.tanks.page.isVisibleTo(dock)
    assert not dock.form.apply_all.isVisibleTo(dock)
    assert dock.ready.page.ready.count() >= 1 and dock.ready.page.explanation.text()
    assert "new" in legend(dock)
    QTest.mouseClick(dock.form.apply, LEFT)
    assert layer.styleManager().currentStyle() == dock.ready.chosen.name
    assert layer.renderer().type() == "categorizedSymbol" and layer.renderer().classAttribute() == "change_class"
    QTest.mouseClick(dock.form.back, LEFT)
    assert layer.styleManager().currentStyle() == "default"


def test_one_chooser_for_all_and_pages_that_change(open_dock, painted, project):
    layer, wells = sites(), QgsVectorLayer("Point?field=a:string", "wells", "memory")
    project.addMapLayers([layer, wells])
    dock = open_dock(TankStyleDock)
    names = {dock.form.layer.layer(at).name() for at in range(dock.form.layer.count())}
    assert names == {"tanks", "sites"}
    for chosen, tanks_shown in ((painted, True), (layer, False), (painted, True)):
        dock.choose(chosen)
        assert dock.tanks.page.isVisibleTo(dock) is tanks_shown
        assert dock.ready.page.isVisibleTo(dock) is not tanks_shown


def test_files_and_the_default_from_the_dock(open_dock, painted, qgis_iface, tmp_path, monkeypatch):
    dock = open_dock(TankStyleDock)
    unfold(dock)
    QApplication.processEvents()
    choose(dock.tanks.page.colours, PRINT)
    QTest.mouseClick(dock.form.apply, LEFT)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "mine"), "QGIS (*.qml)"))
    QTest.mouseClick(dock.files.group.save, LEFT)
    assert (tmp_path / "mine.qml").exists() and "mine.qml" in told(qgis_iface)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "mine.qml"), ""))
    QTest.mouseClick(dock.files.group.load, LEFT)
    assert painted.styleManager().currentStyle() == "mine" and "“mine”" in told(qgis_iface)
    dock.files.load(tmp_path / "none.sld")
    assert "none.sld" in told(qgis_iface, Qgis.Warning)
    assert not dock.files.group.forget.isEnabled()
    QTest.mouseClick(dock.files.group.remember, LEFT)
    assert dock.files.group.forget.isEnabled()
    dock.close_down()
    again = open_dock(TankStyleDock)
    assert again.tanks.options.palette == PRINT, "the default's"
    unfold(again)
    QApplication.processEvents()
    QTest.mouseClick(again.files.group.forget, LEFT)
    assert not again.files.group.forget.isEnabled()


def test_close_down_keeps_the_styles_and_no_connection(open_dock, painted):
    manager = painted.styleManager()

    def receivers():
        return [
            manager.receivers(manager.currentStyleChanged),
            *(painted.receivers(getattr(painted, name)) for name in ("subsetStringChanged", "customPropertyChanged")),
            *(
                QgsProject.instance().receivers(getattr(QgsProject.instance(), name))
                for name in ("layersAdded", "layersWillBeRemoved", "readProject")
            ),
        ]

    before = receivers()
    dock = open_dock(TankStyleDock)
    QTest.mouseClick(dock.form.apply, LEFT)
    assert all(now > was for now, was in zip(receivers(), before))
    dock.close_down()
    # The chooser of layers is a widget of QGIS's: it listens to the project as long as it lives.
    assert receivers()[:3] == before[:3] and receivers()[5] == before[5]
    assert STATUS in manager.styles()
    dock.apply()
    assert manager.currentStyle() == STATUS


def test_layers_that_go_come_and_change_name(open_dock, tanks, project):
    dock = open_dock(TankStyleDock)
    tanks.setName("renamed <b>tanks</b>")
    copy = tanks.clone()
    project.addMapLayer(copy)
    QTest.mouseClick(dock.form.apply, LEFT)
    project.removeMapLayers([tanks.id(), copy.id()])
    QApplication.processEvents()
    assert not dock.form.apply.isEnabled() and not dock.form.back.isEnabled()
    for act in (dock.apply, dock.apply_to_all, dock.go_back):
        act()
    assert "status and first_seen" in dock.form.current.text()
    project.addMapLayer(memory_tanks())
    QApplication.processEvents()
    assert dock.form.apply.isEnabled()
    project.clear()
    QApplication.processEvents()
    assert not dock.form.apply.isEnabled()


def test_the_dock_is_narrow_and_every_control_is_named(open_dock, tanks):
    dock = open_dock(TankStyleDock)
    unfold(dock)
    QApplication.processEvents()
    assert dock.minimumSizeHint().width() <= 50 * dock.fontMetrics().averageCharWidth()
    buddies = {label.buddy() for label in dock.findChildren(QLabel) if label.buddy()}
    for widget in (*dock.form.findChildren(QAbstractButton), *dock.form.findChildren(QComboBox)):
        if not widget.isVisibleTo(dock) or widget.objectName() in ("", "collapseButton"):
            continue
        assert widget.toolTip(), widget.objectName()
        assert widget in buddies or "&" in getattr(widget, "text", str)() or widget.accessibleName()
    assert all(box in buddies and box.toolTip() for box in dock.form.findChildren(QSpinBox))


def test_tab_goes_from_top_to_bottom(open_dock, painted):
    dock = open_dock(TankStyleDock)
    dock.activateWindow()
    unfold(dock)
    choose(dock.tanks.page.mode, IN_YEAR)
    QTest.mouseClick(dock.form.apply, LEFT)
    QApplication.processEvents()
    dock.form.layer.setFocus()
    seen = []
    for _ in range(40):
        now = QApplication.focusWidget()
        if now in seen:
            break
        seen.append(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    names = [widget.objectName() for widget in seen]
    wanted = ["layer", "help", "mode", "colours", "year", "follow", "apply", "apply_all", "back", "by_type", "sizing"]
    wanted += ["size_mm", "outline_mm", "opacity", "active_on_top", "text", "save", "load", "remember"]
    assert [name for name in names if name in wanted] == wanted
    tops = [widget.mapTo(dock, widget.rect().topLeft()).y() for widget in seen if widget.objectName() in wanted]
    assert tops == sorted(tops)
