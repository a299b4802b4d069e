"""Puts the chosen options on a tank layer, and keeps *status in the chosen year* at the tank filter's year."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from qgis.core import (
    QgsAbstractVectorLayerLabeling,
    QgsCategorizedSymbolRenderer,
    QgsFeatureRenderer,
    QgsVectorLayer,
)

from ...analysis.definition import CUMULATIVE, STANDING
from ...analysis.selection.columns import TankColumns
from ...analysis.selection.wanted import ANY_TIME
from ..tank_data.layers import columns_of
from ..tank_filter.own_filter.hold import wanted_of
from . import classes
from .labels import can_label, labeling_of
from .marks import Mark, is_untouched, mark, mark_of
from .named_styles import STYLE_NAMES, put_style, show
from .options import AS_THEY_ARE, IN_YEAR, NO_LABELS, StyleOptions
from .ready.styles import ReadyStyle
from .renderers import Year, in_year, renderer_of, year_shown


class Dress(NamedTuple):
    """What is put on a layer. ``labels``: None where it keeps those that it has; ``labelled``: None likewise."""

    renderer: QgsFeatureRenderer
    opacity: float
    labelled: bool | None = None
    labels: QgsAbstractVectorLayerLabeling | None = None

    def put_on(self, layer: QgsVectorLayer) -> None:
        """Dress the layer's current style."""
        layer.setRenderer(self.renderer.clone())
        layer.setOpacity(self.opacity)
        if self.labels is not None:
            layer.setLabeling(self.labels.clone())
        if self.labelled is not None:
            layer.setLabelsEnabled(self.labelled)


def style_tanks(layer: QgsVectorLayer, options: StyleOptions) -> str:
    """Give a tank layer our style for these options; return the name under which one changed by hand was kept."""
    year = filter_year(layer)
    shown = year_shown(options, year)
    made = Mark(options=options.as_json(), year=shown.year, counting=shown.counting)
    return put_style(layer, STYLE_NAMES[options.mode], dress(options, columns_of(layer), year).put_on, made)


def style_ready(layer: QgsVectorLayer, style: ReadyStyle) -> str:
    """Give a layer of sites or units a ready style; return the name under which one changed by hand was kept."""
    renderer = style.renderer(layer)
    return put_style(layer, style.name, lambda one: one.setRenderer(renderer), Mark())


def dress(options: StyleOptions, columns: TankColumns, year: Year | None = None) -> Dress:
    """Return renderer, labels and opacity for a layer with these columns. No tank is read."""
    renderer, opacity = renderer_of(options, columns, year), options.opacity / 100
    if options.labels == AS_THEY_ARE:
        return Dress(renderer, opacity)
    if options.labels == NO_LABELS or not can_label(options.labels, columns):
        return Dress(renderer, opacity, labelled=False)
    return Dress(renderer, opacity, labelled=True, labels=labeling_of(options, columns))


def filter_year(layer: QgsVectorLayer) -> Year | None:
    """Return the last of the tank filter's years, and how it counts; None where it chooses no years."""
    wanted = wanted_of(layer)
    if wanted.mode == ANY_TIME or wanted.only_undated:
        return None
    return Year(wanted.last_year, CUMULATIVE if wanted.mode == CUMULATIVE else STANDING)


def options_of(layer: QgsVectorLayer) -> StyleOptions | None:
    """Return the options of the current style; None where it is not made from any."""
    made = mark_of(layer)
    try:
        options = StyleOptions.from_json(made.options if made is not None else "")
    except ValueError:
        return None
    # A style that is being made begins as a copy, mark and all.
    return options if layer.styleManager().currentStyle() == STYLE_NAMES[options.mode] else None


def follow_year(layer: QgsVectorLayer) -> bool:
    """Show the tank filter's year where the style shows the status in a year and follows it; return whether it changed.

    What was changed in the style by hand stays, but for the year in expression and legend.
    """
    options, made, renderer = options_of(layer), mark_of(layer), layer.renderer()
    if options is None or made is None or options.mode != IN_YEAR or not options.follow:
        return False
    before, now = Year(made.year, made.counting), year_shown(options, filter_year(layer))
    if now == before or not isinstance(renderer, QgsCategorizedSymbolRenderer):
        return False
    styles = layer.styleManager()
    looked = "" if is_untouched(styles, styles.currentStyle()) else made.fingerprint
    layer.setRenderer(_in_another_year(renderer, layer, before, now))
    mark(layer, replace(made, year=now.year, counting=now.counting, fingerprint=looked))
    show(layer)
    return True


def _in_another_year(
    renderer: QgsCategorizedSymbolRenderer, layer: QgsVectorLayer, before: Year, now: Year
) -> QgsCategorizedSymbolRenderer:
    turned = renderer.clone()
    turned.setClassAttribute(classes.status_in(columns_of(layer), now.year, now.counting))
    labels = dict(zip(in_year.labels(before).values(), in_year.labels(now).values()))
    for at, category in enumerate(turned.categories()):
        turned.updateCategoryLabel(at, labels.get(category.label(), category.label()))
    return turned
