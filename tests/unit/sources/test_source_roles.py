import pytest
from leachwatch.analysis.fields import ISP_SITES, TANKS
from leachwatch.sources.columns import roles
from leachwatch.sources.columns.aliases import SITE, TANK
from leachwatch.sources.errors import SourceError

ROLES = [field.name for field in TANKS] + ["lat", "lon", "date", "years"]


def found(*columns, overrides=None):
    return roles.find_roles(columns, TANKS, TANK, overrides or {})


@pytest.mark.parametrize(
    ("column", "role"),
    [
        ("Tank ID", "tank_id"),
        ("featureuid", "tank_id"),
        ("OBJECTID", "tank_id"),
        ("DDLAT", "lat"),
        ("point_x", "lon"),
        ("FeatureTyp", "tank_type"),
        ("LocOpStat", "status"),
        ("COLOUR", "status"),
        ("Diam_m", "diameter_m"),
        ("Img_Date", "date"),
        ("Year", "date"),
        ("YrFirst", "first_seen"),
        ("Last_Obs", "last_seen"),
        ("LocConfid", "confidence"),
        ("Source", "image_source"),
        ("TS_PCODE", "unit_code"),
        ("Township", "unit_name"),
        ("Country", "country"),
    ],
)
def test_aliases_without_regard_to_case_spaces_and_underscores(column, role):
    assert found("Shape_Leng", column) == {role: column}


@pytest.mark.parametrize(
    ("column", "role"),
    [
        ("Latitude (WGS84)", "lat"),
        ("Lon [°E]", "lon"),
        ("Latitude (decimal degrees)", "lat"),
        ("Northing (m)", "lat"),
        ("Easting", "lon"),
        ("Diameter (m)", "diameter_m"),
        ("Image date (dd/mm/yyyy)", "date"),
        ("Tank no.", "tank_id"),
    ],
)
def test_what_people_add_in_brackets_changes_no_name(column, role):
    assert found(column) == {role: column}


@pytest.mark.parametrize("column", ["Diameter (ft)", "Diameter (cm)", "Status (old)", "Latitude (Indian 1975)"])
def test_what_changes_the_meaning_is_no_alias(column):
    assert found(column) == {}


def test_names_cut_to_ten_characters_are_known():
    assert found("ImageSourc") == {"image_source": "ImageSourc"}
    assert found("Acquisitio") == {"date": "Acquisitio"}
    assert found("FeatureTy") == {}, "nine characters are no shapefile's cut"


def test_the_best_alias_wins_and_object_numbers_come_last():
    assert found("OBJECTID", "UID", "FeatureUID")["tank_id"] == "FeatureUID"
    assert found("OBJECTID", "Site_ID")["tank_id"] == "Site_ID"


def test_our_own_names_win_over_aliases():
    assert found("FeatureUID", "tank_id")["tank_id"] == "tank_id"
    own = [field.name for field in TANKS]
    assert found(*own, "src_Source", "src_Latitude") == {name: name for name in own}


def test_source_is_ours_only_in_our_own_form():
    assert found("tank_id", "source") == {"tank_id": "tank_id", "image_source": "source"}
    ours = found("tank_id", "source", "date_precision")
    assert ours["source"] == "source"
    assert "image_source" not in ours


def test_our_own_table_from_a_shapefile_is_known():
    mapping = found("tank_id", "source", "status_dat", "first_seen", "abandoned_", "date_preci", "image_sour")
    assert mapping["status_date"] == "status_dat"
    assert mapping["abandoned_since"] == "abandoned_"
    assert mapping["date_precision"] == "date_preci"
    assert mapping["image_source"] == "image_sour"
    assert mapping["source"] == "source"


def test_a_cut_that_fits_two_of_our_fields_names_neither():
    mapping = roles.find_roles(["first_seen"], ISP_SITES, SITE, {})
    assert mapping == {"period": "first_seen"}


def test_overrides_win_and_free_no_column_for_another_role():
    assert found("Type", "Status", overrides={"status": "Type"}) == {"status": "Type"}


def test_a_role_mapped_to_nothing_stays_unmapped():
    overrides = roles.parse_field_map("status=", ROLES, ["Status", "Type"])
    assert found("Status", "Type", overrides=overrides) == {"status": "", "tank_type": "Type"}


def test_field_map_goes_there_and_back():
    columns = ["Op State", "Y2010", "Y2011", "Diam=m"]
    mapping = {"status": "Op State", "years": "Y2010,Y2011", "diameter_m": "Diam=m", "confidence": ""}
    text = roles.field_map_text(mapping)
    assert text == "status=Op State;years=Y2010,Y2011;diameter_m=Diam=m;confidence="
    assert roles.parse_field_map(text, ROLES, columns) == mapping


def test_field_map_finds_columns_as_people_write_them():
    assert roles.parse_field_map(" Status = op_state ; ", ROLES, ["Op State"]) == {"status": "Op State"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("state=Op", ["no role “state”", "tank_id", "years"]),
        ("status=Opp", ["“Opp” is no column", "Op, Type"]),
        ("status", ["“status” is no role=column pair"]),
        ("status=Op;status=Type", ["given twice"]),
        ("years=Op,2010", ["“2010” is no column"]),
    ],
)
def test_field_map_errors_name_what_is_wrong_and_what_is_possible(text, words):
    with pytest.raises(SourceError) as error:
        roles.parse_field_map(text, ROLES, ["Op", "Type"])
    for word in words:
        assert word in str(error.value)


@pytest.mark.parametrize("prefix", ["", "Y", "F", "yr_", "Status"])
def test_wide_year_columns(prefix):
    columns = ["ID", f"{prefix}2010", f"{prefix}2011", "Area2"]
    assert roles.year_columns(columns) == {f"{prefix}2010": 2010, f"{prefix}2011": 2011}


def test_one_year_column_or_taken_ones_are_no_wide_table():
    assert roles.year_columns(["Y2010", "name"]) == {}
    assert roles.year_columns(["Y2010", "Y2011"], taken={"Y2011"}) == {}
    assert roles.year_columns(["src_2010", "src_2011x"]) == {}


def test_a_chosen_year_column_without_a_year_is_an_error():
    assert roles.years_of(["seen in 2010", "2011b"]) == {"seen in 2010": 2010, "2011b": 2011}
    with pytest.raises(SourceError, match="“first” of the role years bears no year"):
        roles.years_of(["first"])
