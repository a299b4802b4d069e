"""The names by which sources call the roles, best first. Matched without regard to case, spaces and underscores."""

from __future__ import annotations

PLACE = {
    "lat": "Latitude LAT DDLAT POINT_Y Lat_DD LatDD Lat_WGS84 WGS84_Lat Y 纬度 Northing UTM_N UTM_Y".split(),
    "lon": (
        "Longitude LON LONG LNG DDLONG DDLON POINT_X Lon_DD Long_DD Lon_WGS84 Lng_WGS84 WGS84_Lon X 经度 "
        "Easting UTM_E UTM_X"
    ).split(),
}
# One column with both coordinates.
BOTH = "Coordinates Coords LatLon LatLong LatLng LonLat LongLat LngLat GPS 坐标 经纬度".split()
COMMON = {
    **PLACE,
    "country": "Country ADM0_EN ADM0_NAME ADM0 Nation 国家".split(),
    "unit_code": "TS_PCODE ADM3_PCODE adcode".split(),
    "unit_name": "ADM3 ADM3_EN ADM3_NAME TS Township County".split(),
    "status": "LocOpStat Status OpStatus Condition Activity Color Colour 状态".split(),
    "confidence": "LocConfid Confidence Certainty".split(),
    "image_source": "ImgSource ImageSource LocSource1 Source 影像来源 数据来源 来源".split(),
    "date": "ImageDate Img_Date ImageryDate AcqDate AcquisitionDate Date Year kml_when 日期 年份".split(),
}
# Numbers of records, not of tanks: they name a row, and say nothing about which rows are the same tank.
RECORD_IDS = "GlobalID OBJECTID FID OGC_FID".split()
TANK = {
    "tank_id": ["FeatureUID", "UID", "Tank_ID", "Tank_No", "Pool_ID", "Pond_ID", "Site_ID", "ID", *RECORD_IDS],
    **COMMON,
    "tank_type": "FeatureTyp FeatureType TankType Tank_Type Type".split(),
    "diameter_m": "Diameter Diam Diam_m DiameterM Size".split(),
    "first_seen": "YrFirst YearFirst FirstSeen First_Obs FirstYear StartYear kml_begin".split(),
    "last_seen": "YrLast YearLast LastSeen Last_Obs LastYear EndYear kml_end".split(),
}
SITE = {
    "site_id": ["Site_ID", "FeatureUID", "UID", "Mine_ID", "ID", *RECORD_IDS],
    **COMMON,
    "site_name": "Site_Name Name Mine_Name Mine Site FeatureNam Label1 Location".split(),
    "period": "Period Phase Era FirstSeen YrFirst First_Obs StartYear Opened kml_begin".split(),
    "pond_count": "Ponds Pools NumPonds NumPools Pond_Count Pool_Count Count".split(),
}
GEOMETRY_TEXT = "geom wkt geometry the_geom wkb_geometry shape".split()
