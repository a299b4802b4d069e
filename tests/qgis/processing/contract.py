"""What the design declares: ids, parameters with their defaults, outputs, fields."""

_LOADER = {
    "INPUT": None,
    "LAYER": "",
    "CRS": None,
    "FIELD_MAP": "",
    "SNAPSHOT_YEAR": None,
    "MODE": "cache-first",
}
_SITE = {"COUNTING": "standing", "LINK_DISTANCE": 150.0, "MIN_TANKS": 4, "FOOTPRINT": "buffered", "PADDING": 15.0}
_REPORT = {"HTML": None, "PDF": None, "REPORT_TABLES": True}

PARAMETERS = {
    "loadusgstanks": {**_LOADER, "OUTPUT": None, "REJECTED": None},
    "loadispsites": {**_LOADER, "UNITS": None, "OUTPUT": None, "REJECTED": None, "TOTALS": None},
    "loadpublishedfigures": {"OUTPUT": None},
    "loadtownships": {
        "INPUT": None,
        "LAYER": "",
        "CRS": None,
        "SOURCE": "cod-ab",
        "COUNTRY": "MMR",
        "MODE": "cache-first",
        "OUTPUT": None,
    },
    "detectsites": {"TANKS": None, "YEAR": None, **_SITE, "SITES": None, "TANKS_OUT": None},
    "siteexpansion": {
        "TANKS": None,
        "START_YEAR": None,
        "END_YEAR": None,
        "YEARS": None,
        **_SITE,
        "UNITS": None,
        "SITES": None,
        "GROWTH": None,
        "LOSS": None,
        "SUMMARY": None,
        "SERIES": None,
        "UNCERTAINTY": None,
        "NEIGHBOURS": None,
        "IMAGE_YEARS": None,
        **_REPORT,
    },
    "townshipsummary": {
        "TANKS": None,
        "UNITS": None,
        "LEVEL_FIELD": None,
        "START_YEAR": None,
        "END_YEAR": None,
        "CUT_DATE": "2021-02-01",
        **_SITE,
        "UNITS_OUT": None,
        "YEARLY": None,
        "OUTSIDE_OUT": None,
        "UNCERTAINTY": None,
        **_REPORT,
    },
    "sitesensitivity": {
        "TANKS": None,
        "YEAR": None,
        "COUNTING": "standing",
        "LINK_DISTANCES": "25, 50, 75, 100, 140, 150, 200, 250, 300, 500, 1000",
        "MIN_TANKS_LIST": "1, 2, 3, 4, 5, 10",
        "FOOTPRINT": "buffered",
        "PADDING": 15.0,
        "PLATEAU_CHANGE": 10.0,
        "OUTPUT": None,
        **_REPORT,
    },
    "waterproximity": {
        "TANKS": None,
        "RIVERS": None,
        "NAME_FIELD": None,
        "MAX_DISTANCE": 20_000.0,
        "BANDS": "50, 100, 250, 500, 1000, 5000",
        "OUTPUT": None,
        "SUMMARY": None,
        **_REPORT,
    },
    "comparesources": {
        "A": None,
        "B": None,
        "MATCH_DISTANCE": 50.0,
        "A_KIND": "auto",
        "B_KIND": "auto",
        "UNITS": None,
        "MATCHED": None,
        "ONLY_A": None,
        "ONLY_B": None,
        "BY_UNIT": None,
        "FIGURES": None,
        **_REPORT,
    },
}

# What the user must give.
REQUIRED = {
    "loadusgstanks": {"MODE", "OUTPUT"},
    "loadispsites": {"MODE", "OUTPUT"},
    "loadpublishedfigures": {"OUTPUT"},
    "loadtownships": {"SOURCE", "COUNTRY", "MODE", "OUTPUT"},
    "detectsites": {"TANKS", *_SITE, "SITES"},
    "siteexpansion": {"TANKS", *_SITE, "SITES"},
    "townshipsummary": {"TANKS", "UNITS", *_SITE, "UNITS_OUT"},
    "sitesensitivity": {
        "TANKS",
        "COUNTING",
        "LINK_DISTANCES",
        "MIN_TANKS_LIST",
        "FOOTPRINT",
        "PADDING",
        "PLATEAU_CHANGE",
        "OUTPUT",
    },
    "waterproximity": {"TANKS", "RIVERS", "MAX_DISTANCE", "OUTPUT"},
    "comparesources": {"A", "B", "MATCH_DISTANCE", "A_KIND", "B_KIND", "MATCHED"},
}

OPTIONS = {
    "MODE": ["cache-first", "refresh", "offline"],
    "SOURCE": ["cod-ab", "geoboundaries", "mimu"],
    "COUNTING": ["standing", "cumulative"],
    "FOOTPRINT": ["buffered", "discs", "concave", "convex"],
    "A_KIND": ["auto", "tanks", "sites"],
    "B_KIND": ["auto", "tanks", "sites"],
}

# The outputs that the design names beside the sinks.
OUTPUTS = {
    "loadusgstanks": {
        "TANK_COUNT", "REJECTED_COUNT", "UNDATED_COUNT", "DUPLICATE_COUNT", "FIELD_MAP_USED", "CITATION",
    },
    "loadispsites": {
        "SITE_COUNT", "TOTALS_COUNT", "JOINED_COUNT", "NOT_JOINED_COUNT", "REJECTED_COUNT", "FIELD_MAP_USED",
        "CITATION",
    },
    "loadpublishedfigures": {"FIGURE_COUNT", "CITATION"},
    "loadtownships": {"UNIT_COUNT", "CITATION"},
    "detectsites": {"SITE_COUNT", "UNGROUPED_COUNT", "FOOTPRINT_HA"},
    "siteexpansion": {"SITE_COUNT", "TANKS_START", "TANKS_END", "TANKS_NEW", "TANKS_GONE", "UNGROUPED_COUNT"},
    "townshipsummary": {
        "UNIT_COUNT", "SITE_COUNT", "COUNTED_COUNT", "OUTSIDE_COUNT", "OUTSIDE_ALL_COUNT", "OUTSIDE_NEAR_COUNT",
        "OUTSIDE_FARTHEST_M",
    },
    "sitesensitivity": {
        "PAIR_COUNT", "TANK_COUNT", "COUNTED_COUNT", "UNDATED_COUNT", "LEFT_OUT_COUNT", "PLATEAU_MIN_TANKS",
        "PLATEAU_FROM", "PLATEAU_TO",
    },
    "waterproximity": {
        "FEATURE_COUNT", "NEAR_COUNT", "BEYOND_COUNT", "LEFT_OUT_COUNT", "NAMED_COUNT", "COARSER_COUNT", "MEDIAN_M",
        "RIVERS_VERTEX_SPACING_M",
    },
    "comparesources": {
        "A_COUNT", "B_COUNT", "MATCHED_COUNT", "A_MATCHED_COUNT", "B_MATCHED_COUNT", "ONLY_A_COUNT", "ONLY_B_COUNT",
        "A_LEFT_OUT_COUNT", "B_LEFT_OUT_COUNT", "STATUS_AGREE_COUNT", "STATUS_DIFFER_COUNT",
        "STATUS_NOT_KNOWN_COUNT", "FIRST_SEEN_DIFFER_COUNT", "MEDIAN_DISTANCE_M", "AGREEMENT_PCT", "FIGURE_COUNT",
        "NEIGHBOURS_COUNT", "SPACING_M",
    },
}  # fmt: skip

# The example models, by their ids.
MODELS = {"tankstotownshipreport", "twosourcescompared", "seriesofyears"}

TANKS = (
    "tank_id source tank_type status status_date first_seen last_seen absent_on gone_by abandoned_since date_precision "
    "diameter_m country unit_code unit_name confidence image_source"
).split()
UNITS = "unit_code unit_name unit_name_local parent_name country area_km2 boundary_source boundary_version".split()
SITES = (
    "site_id unit_code unit_name country start_year end_year tanks_start tanks_end tanks_new tanks_gone active_start "
    "active_end abandoned_start abandoned_end unknown_start unknown_end footprint_start_ha footprint_end_ha "
    "footprint_gain_ha footprint_loss_ha footprint_change_ha footprint_change_pct tanks_change_pct annual_growth_pct "
    "first_seen last_seen change_class merged_sites shift_m shift_bearing_deg link_distance_m min_tanks "
    "footprint_method counting"
).split()
YEARLY = (
    "unit_code unit_name parent_name year tanks tanks_new tanks_gone tanks_cumulative active abandoned status_unknown "
    "leachate precipitation type_unknown sites sites_new footprint_ha tanks_per_100km2"
).split()
