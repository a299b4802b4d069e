"""How many spellings of the townships of Kachin and Shan are matched. The list of them does not ship."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from leachwatch.sources.units.matching import match_units

ROOT = Path(__file__).resolve().parents[3]
VARIANTS = ROOT.parent / "shared" / "data" / "township_name_variants_kachin_shan.csv"


@pytest.fixture(scope="module")
def variants():
    if not VARIANTS.exists():
        pytest.skip("the list of spellings is not on this machine")
    return pd.read_csv(VARIANTS, dtype=str)


@pytest.mark.parametrize(("column", "least"), [(3, 1.0), (4, 0.6), (5, 0.9), (6, 0.85)])
def test_spellings_of_other_sources(variants, column, least):
    """In its own state each spelling gives its own township or none, never another."""
    units = gpd.GeoDataFrame(
        {"unit_code": variants.iloc[:, 0], "unit_name": variants.iloc[:, 2], "parent_name": variants.iloc[:, 1]}
    ).assign(unit_name_local=variants.iloc[:, 3], country="MMR")
    rows = pd.DataFrame({"unit_name": variants.iloc[:, column], "parent_name": "Shan"})
    rows.loc[variants.iloc[:, 1] == "Kachin", "parent_name"] = "Kachin State"
    given = rows["unit_name"].notna().to_numpy()
    found = match_units(rows, units.set_geometry(gpd.GeoSeries([None] * len(units))))
    right, missed = found.unit == range(len(rows)), found.unit < 0
    assert (right | missed).all(), rows[~right & ~missed]
    assert right[given].mean() >= least, rows[given & missed]
