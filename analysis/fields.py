"""The names and types of the fields of every table, each stated once."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

_SHAPEFILE_NAME = 10


class Kind(Enum):
    """The type of a field's values, in no database's words."""

    TEXT = "text"
    WHOLE = "whole number"
    LONG = "whole number beyond 2^31"
    REAL = "real number"
    DATE = "date"
    MOMENT = "date and time"


class Field(NamedTuple):
    """One column of a table."""

    name: str
    kind: Kind


def find_columns(columns: Iterable[str], names: Iterable[str]) -> dict[str, str]:
    """Return the layer's column for each of our names that it has; a shapefile keeps but ten letters of a name."""
    by_name = {column.casefold(): column for column in columns}
    pairs = ((name, by_name.get(name) or by_name.get(name[:_SHAPEFILE_NAME])) for name in names)
    return {name: column for name, column in pairs if column}


def text(*names: str) -> list[Field]:
    """Return text fields with these names."""
    return [Field(name, Kind.TEXT) for name in names]


def whole(*names: str) -> list[Field]:
    """Return whole-number fields with these names."""
    return [Field(name, Kind.WHOLE) for name in names]


def real(*names: str) -> list[Field]:
    """Return real-number fields with these names."""
    return [Field(name, Kind.REAL) for name in names]


def date(*names: str) -> list[Field]:
    """Return date fields with these names."""
    return [Field(name, Kind.DATE) for name in names]


ACTIVE, ABANDONED, UNKNOWN = "active", "abandoned", "unknown"
STATUSES = (ACTIVE, ABANDONED, UNKNOWN)
LEACHATE, PRECIPITATION = "leachate", "precipitation"
TANK_TYPES = (LEACHATE, PRECIPITATION, UNKNOWN)

DAY, MONTH, YEAR, NO_DATE = "day", "month", "year", "none"
PRECISIONS = (DAY, MONTH, YEAR, NO_DATE)

SOURCE_PREFIX = "src_"
OUTSIDE = "outside all units"

TANKS = [
    *text("tank_id", "source", "tank_type", "status"),
    *date("status_date", "first_seen", "last_seen", "absent_on", "gone_by", "abandoned_since"),
    *text("date_precision"),
    *real("diameter_m"),
    *text("country", "unit_code", "unit_name", "confidence", "image_source"),
]

# The columns of a tank that are measured; the others are carried along.
TANK_DATES = [field.name for field in TANKS if field.kind is Kind.DATE]
MEASURED = ["tank_type", "status", *TANK_DATES, "date_precision", "diameter_m", "country"]

UNITS = [
    *text("unit_code", "unit_name", "unit_name_local", "parent_name", "country"),
    *real("area_km2"),
    *text("boundary_source", "boundary_version"),
]

ISP_SITES = [
    *text("site_id", "source", "site_name", "status"),
    *date("first_seen_from", "first_seen_to"),
    *text("date_precision", "period"),
    *whole("pond_count"),
    *text("country", "unit_code", "unit_name", "unit_match", "confidence", "image_source"),
]

DEFINITION = [*real("link_distance_m"), *whole("min_tanks"), *text("footprint_method", "counting")]

DETECTED_SITES = [
    *text("site_id"),
    *whole("year", "tanks", "active", "abandoned", "status_unknown", "leachate", "precipitation", "type_unknown"),
    *real("footprint_ha"),
    *date("first_seen", "last_seen"),
    *DEFINITION,
]

TANK_MEMBERSHIP = text("site_id", "site_state")
IN_SITE, UNGROUPED, NOT_COUNTED, UNDATED, NO_POSITION = (
    "in site",
    "ungrouped",
    "not counted in the year",
    "undated",
    "no usable position",
)

SITE_EXPANSION = [
    *text("site_id", "unit_code", "unit_name", "country"),
    *whole("start_year", "end_year", "tanks_start", "tanks_end", "tanks_new", "tanks_gone"),
    *whole("active_start", "active_end", "abandoned_start", "abandoned_end", "unknown_start", "unknown_end"),
    *real("footprint_start_ha", "footprint_end_ha", "footprint_gain_ha", "footprint_loss_ha"),
    *real("footprint_change_ha", "footprint_change_pct", "tanks_change_pct", "annual_growth_pct"),
    *date("first_seen", "last_seen"),
    *text("change_class"),
    *whole("merged_sites"),
    *real("shift_m", "shift_bearing_deg"),
    *DEFINITION,
]

NEW, EXPANDED, STABLE, CONTRACTED, GONE = "new", "expanded", "stable", "contracted", "gone"
CHANGE_CLASSES = (NEW, EXPANDED, STABLE, CONTRACTED, ABANDONED, GONE)

YEARLY = [
    *text("unit_code", "unit_name", "parent_name"),
    *whole("year", "tanks", "tanks_new", "tanks_gone", "tanks_cumulative", "active", "abandoned", "status_unknown"),
    *whole("leachate", "precipitation", "type_unknown", "sites", "sites_new"),
    *real("footprint_ha", "tanks_per_100km2"),
]

UNIT_SUMMARY = [
    *UNITS,
    *whole("start_year", "end_year", "tanks", "tanks_start", "tanks_new", "tanks_gone", "tanks_undated"),
    *whole("active", "abandoned", "status_unknown", "status_known"),
    *real("active_share_pct"),
    *whole("leachate", "precipitation", "type_unknown"),
    *date("cut_date"),
    *whole("tanks_before_cut", "tanks_after_cut", "tanks_cut_undetermined"),
    *whole("sites"),
    *real("footprint_ha", "tanks_per_100km2"),
    *DEFINITION,
]

OUTSIDE_TANKS = [*text("tank_id", "nearest_unit_code", "nearest_unit_name"), *real("distance_m")]

EXPANSION_SUMMARY = [
    *text("scope", "unit_code", "unit_name"),
    *whole("start_year", "end_year", "sites_start", "sites_end"),
    *whole(*(f"sites_{word}" for word in CHANGE_CLASSES)),
    *whole("tanks_start", "tanks_end", "tanks_new", "tanks_new_at_least", "tanks_new_at_most", "tanks_gone"),
    *whole("tanks_undated", "ungrouped_start", "ungrouped_end"),
    *whole("active_start", "active_end", "abandoned_start", "abandoned_end", "unknown_start", "unknown_end"),
    *real("footprint_start_ha", "footprint_end_ha", "footprint_gain_ha", "footprint_loss_ha", "footprint_change_ha"),
    *real("tanks_change_pct", "annual_growth_pct"),
    *DEFINITION,
    *text("breakdown"),
    *whole("tanks", "tanks_in_period", "tanks_not_in_years", "tanks_left_out", "tanks_new_undetermined"),
    *whole("tanks_coarse_date"),
]
ALL_TANKS, IN_SITES, BY_UNIT = "all tanks", "in sites", "unit"
NOT_IN_YEARS, UNDETERMINED = "not counted in either year", "undetermined"
# Which rows of a summary add up to the total with which.
TOTAL, BY_STATE, BY_UNITS, OF_WHICH = "total", "by state", "by unit", "of which"
BY_STATE_AND_UNIT = "by state and by unit"

# Texts where other tables have a truth: every format keeps them, and NULL is neither.
YES, NO = "yes", "no"

SENSITIVITY = [
    *DEFINITION[:2],
    *whole("year"),
    *text("counting"),
    *whole("sites", "tanks_in_sites", "ungrouped", "largest_site_tanks"),
    *real("median_site_tanks", "footprint_ha"),
    *text("footprint_method"),
    *whole("sites_fell_back"),
    *text("footprints_may_overlap"),
    *real("sites_change_pct", "footprint_change_pct"),
    *text("on_plateau"),
]

WATER_PROXIMITY = [
    *real("nearest_distance_m"),
    *text("nearest_name", "band"),
    *real("max_distance_m"),
    *text("rivers_source"),
    *real("rivers_vertex_spacing_m"),
    *text("coarser_than_distance"),
]
WATER_BANDS = [
    *text("band"),
    *real("from_m", "to_m"),
    *whole("features"),
    *real("share_pct"),
    *whole("coarser_than_distance"),
    *real("max_distance_m"),
    *text("rivers_source"),
]

GROUND_CHANGE = [
    *text("site_id", "unit_code", "unit_name"),
    *whole("start_year", "end_year"),
    *real("area_ha"),
    *DEFINITION,
]

# How sites stood in each year of a list; ``since_year`` is the year of the list before it, with which it is compared.
SERIES = [
    *text("site_id", "unit_code", "unit_name"),
    *whole("year"),
    *date("begins_on", "ends_on"),
    *whole("since_year", "tanks", "tanks_new", "tanks_gone", "active", "abandoned", "status_unknown"),
    *real("active_share_pct", "footprint_ha"),
    *DEFINITION,
]

# How far tanks can be relied on: numbers of tanks, and their share of ``tanks`` (of ``undated``: of both).
DOUBT_WORDS = ("unknown_status", "seen_once", "coarse_date", "no_absent_image", "undated")
DOUBTS = [*whole("tanks"), *(f for word in DOUBT_WORDS for f in (*whole(word), *real(f"{word}_pct")))]
UNCERTAINTY = [
    *text("scope", "site_id", "unit_code", "unit_name"),
    *whole("start_year", "end_year"),
    *DOUBTS,
    *DEFINITION,
]
BY_SITE = "site"

IMAGE_YEARS = [
    *whole("year", "image_dates", "first_seen"),
    *real("first_seen_pct"),
    *whole("newness_open"),
    *real("newness_open_pct"),
    *text("flag"),
]
# What IMAGE_YEARS flags; two flags are parted by "; ".
NO_IMAGE, NO_IMAGE_BEFORE, YEAR_OF_IMAGERY = "no image", "no image in the year before", "year of imagery"

NEIGHBOURS = [
    *DEFINITION,
    *whole("start_year", "end_year", "sites_start", "sites_end", "tanks_in_sites", "ungrouped"),
    *real("footprint_start_ha", "footprint_end_ha", "footprint_change_ha"),
]

# How a row was matched with a unit, the surest first.
UNIT_MATCHES = CODE, ALIAS, NAME, PLACE = ("code", "alias", "name", "place")
NO_MATCH = "none"

# What a number counts; and the number itself, as far as the words give it: "over 2,700" has no upper end.
SITES, PONDS = "sites", "ponds"
NUMBER = [*real("number_low", "number_high"), *text("qualifier")]

ISP_TOTALS = [
    *whole("row"),
    *text("source", "country", "parent_name", "unit_code", "unit_name", "unit_match", "period"),
    *date("first_seen_from", "first_seen_to"),
    *text("date_precision", "counted"),
    *NUMBER,
    *text("number_text", "number_column", "reason"),
]

PUBLISHED_FIGURES = [
    *text("organisation", "what", "unit_of_count", "place", "country", "period"),
    *date("period_from", "period_to"),
    *text("date_precision"),
    *NUMBER,
    *text("source"),
    *whole("source_year"),
    *text("data_as_of", "caution"),
]

# Two sources compared. What a source holds, and what of it is looked at.
TANK_KIND, SITE_KIND = "tanks", "sites"
COMPARED_COLUMNS = [
    *text("id", "status"),
    *date("status_date", "first_seen_from", "first_seen_to", "last_seen"),
    *text("country"),
]
ONE_TO_ONE, ONE_TO_MANY = "one to one", "one site to many tanks"
AGREE, DIFFER, NOT_KNOWN = "agree", "differ", "not known"
MATCHING = [*real("match_distance_m"), *text("matching")]

MATCHED = [
    *text("a_id", "b_id", "a_kind", "b_kind", "unit_code", "unit_name"),
    *real("distance_m", "bearing_deg", "b_lon", "b_lat"),
    *text("may_be_neighbours"),
    *text("a_status", "b_status", "status_agreement"),
    *date("a_status_date", "b_status_date"),
    *date("a_first_seen_from", "a_first_seen_to", "b_first_seen_from", "b_first_seen_to"),
    *whole("first_seen_gap_days"),
    *date("a_last_seen", "b_last_seen"),
    *whole("a_pairs", "b_pairs"),
    *MATCHING,
]

ONLY = [*text("reason"), *real("nearest_m"), *text("nearest_id"), *MATCHING]
NONE_NEAR, TAKEN, OTHER_EMPTY = (
    "none of the other source within the match distance",
    "all within the match distance are matched with nearer ones",
    "the other source is empty",
)

COMPARED_UNITS = [
    *text("scope", "unit_code", "unit_name", "parent_name", "a_kind", "b_kind"),
    *whole("a", "a_matched", "only_a", "b", "b_matched", "only_b", "pairs", "pairs_across_units"),
    *whole("status_agree", "status_differ", "status_not_known"),
    *real("a_matched_pct", "b_matched_pct", "agreement_pct"),
    *MATCHING,
]

COMPARED_FIGURES = [
    *PUBLISHED_FIGURES,
    *whole("units_in_place"),
    *text("a_kind"),
    *whole("a_number", "a_seen_by_then", "a_date_open"),
    *text("a_note", "b_kind"),
    *whole("b_number", "b_seen_by_then", "b_date_open"),
    *text("b_note"),
]
