"""The tables of countries, unions and places hold together."""

import polars as pl

from tests.conftest import ROOT

KAZAKHSTAN = {"latitude": (40.5, 55.5), "longitude": (46.4, 87.4)}


def seed(name):
    return pl.read_csv(ROOT / "seeds" / f"{name}.csv", infer_schema=False)


def test_every_place_lies_in_a_country_of_the_table():
    assert set(seed("places")["country_code"]) <= set(seed("countries")["country_code"])


def test_a_country_has_one_row_and_its_names():
    countries = seed("countries")
    assert countries["country_code"].is_unique().all()
    named = countries.select("name_kk", "name_ru", "name_en", "region", "source")
    assert named.null_count().sum_horizontal().item() == 0
    former = countries.filter(is_former="true")["country_code"].to_list()
    assert former == ["SU", "YU", "CS", "DD"]


def test_blocs_and_countries_share_no_name():
    names = {
        table: set(
            seed(table)
            .select(
                pl.concat_str(
                    "name_kk", "other_names", separator=";", ignore_nulls=True
                )
            )
            .to_series()
            .str.split(";")
            .explode()
        )
        for table in ("countries", "blocs")
    }
    assert not names["countries"] & names["blocs"]


def test_a_place_has_one_row_and_coordinates_on_the_globe():
    places = seed("places")
    assert places.select("name_kk", "country_code", "kind").is_unique().all()
    found = places.with_columns(pl.col("latitude", "longitude").cast(pl.Float64))
    assert found["latitude"].is_between(-90, 90).all()
    assert found["longitude"].is_between(-180, 180).all()
    assert places["geonames_id"].drop_nulls().is_unique().all()


def test_the_places_of_kazakhstan_lie_in_it_and_no_region_is_missing():
    here = seed("places").filter(country_code="KZ")
    for column, (low, high) in KAZAKHSTAN.items():
        assert here[column].cast(pl.Float64).is_between(low, high).all()
    assert here.filter(kind="region").height == 17
    assert here.filter(kind="city").height >= 70


def test_a_country_has_one_capital_at_most():
    capitals = seed("places").filter(is_capital="true")
    assert capitals["country_code"].is_unique().all()
    assert capitals.height > 170


def test_spellings_of_places_of_one_country_do_not_collide():
    spelled = (
        seed("places")
        .select(
            "country_code",
            name=pl.concat_str(
                "name_kk", "other_names", separator=";", ignore_nulls=True
            ).str.split(";"),
        )
        .explode("name")
    )
    assert spelled.is_unique().all()
