import json

import numpy as np
import pandas as pd
import pyproj
import pytest
from leachwatch.tests.unit.sample.counting import SHIPPED


def features(name):
    collection = json.loads((SHIPPED / f"{name}.geojson").read_text("utf-8"))
    assert collection["name"] == name
    return collection["features"]


@pytest.fixture(scope="session")
def tank_features():
    return features("tanks_synthetic_sample")


@pytest.fixture(scope="session")
def unit_features():
    return features("townships_synthetic_sample")


@pytest.fixture(scope="session")
def tanks(tank_features):
    """The shipped tanks: dates as ISO text or None, years as numbers, and geocentric metres."""
    table = pd.DataFrame([feature["properties"] for feature in tank_features])
    lon, lat = np.array([feature["geometry"]["coordinates"] for feature in tank_features]).T
    to_geocentric = pyproj.Transformer.from_crs("EPSG:4979", "EPSG:4978", always_xy=True)
    table["x"], table["y"], table["z"] = to_geocentric.transform(lon, lat, np.zeros(len(lon)))
    table["lon"], table["lat"] = lon, lat
    for column in ("first_seen", "gone_by", "abandoned_since"):
        table[column + "_year"] = pd.to_numeric(table[column].str[:4])
    return table
