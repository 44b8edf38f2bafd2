"""Invented rows in the exact shape of each data set."""

import csv
import io

from tests.export.test_foreign import ACLED, GDELT, ICEWS, POLECAT


def tabs(columns, *rows, header=True, missing=""):
    lines = ["\t".join(columns)] if header else []
    lines += ["\t".join(str(row.get(column, missing)) for column in columns) for row in rows]
    return "\n".join(lines) + "\n"


def commas(columns, *rows, delimiter=","):
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, delimiter=delimiter, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


GDELT_ROW = {
    "GLOBALEVENTID": 410479000, "SQLDATE": 20170829, "MonthYear": 201708, "Year": 2017, "FractionDate": 2017.6548,
    "Actor1Code": "PRKGOV", "Actor1Name": "NORTH KOREAN", "Actor1CountryCode": "PRK", "Actor1Type1Code": "GOV",
    "Actor2Code": "JPN", "Actor2Name": "JAPAN", "Actor2CountryCode": "JPN", "IsRootEvent": 1, "EventCode": "138",
    "EventBaseCode": "138", "EventRootCode": "13", "QuadClass": 3, "GoldsteinScale": -7.0, "NumMentions": 10, "NumSources": 2,
    "NumArticles": 10, "AvgTone": -5.2, "Actor1Geo_Type": 0, "Actor2Geo_Type": 0, "ActionGeo_Type": 4,
    "ActionGeo_FullName": "Pyongyang, P'yongyang-si, North Korea", "ActionGeo_CountryCode": "KN", "ActionGeo_ADM1Code": "KN12",
    "ActionGeo_Lat": 39.0194, "ActionGeo_Long": 125.755, "ActionGeo_FeatureID": -192898, "DATEADDED": 20170830001500,
    "SOURCEURL": "https://www.example.org/2017/08/a.html",
}  # fmt: skip
ICEWS_ROW = {
    "Event ID": 20718170, "Event Date": "2014-01-01", "Source Name": "Police (Kenya)", "Source Sectors": "Government,Police",
    "Source Country": "Kenya", "Event Text": "Arrest, detain, or charge with legal action", "CAMEO Code": "173", "Intensity": -5.0,
    "Target Name": "Citizen (Kenya)", "Target Sectors": "General Population / Civilian / Social", "Target Country": "Kenya",
    "Story ID": 32557012, "Sentence Number": 5, "Publisher": "An Agency", "City": "Nairobi", "District": "", "Province": "Nairobi Area",
    "Country": "Kenya", "Latitude": -1.28333, "Longitude": 36.8167,
}  # fmt: skip
POLECAT_ROW = {
    "Event ID": "20230103-1111-aaaa_PROTEST_demo", "Event Date": "2023-01-02", "Event Type": "PROTEST", "Event Mode": "demo",
    "Intensity": -5.0, "Quad Code": "MATERIAL CONFLICT", "Contexts": "economic; executive", "Actor Name": "None", "Actor Country": "PER",
    "Actor COW": 135, "Primary Actor Sector": "CVL", "Actor Sectors": "CVL; LAB", "Actor Name Raw": "miners", "Recipient Country": "PER",
    "Recipient Name": "Government of Peru", "Recipient COW": 135, "Primary Recipient Sector": "GOV", "Recipient Sectors": "GOV",
    "Placename": "Puno", "City": "Puno", "Province": "Puno", "Country": "PER", "Latitude": -15.84, "Longitude": -70.02,
    "GeoNames ID": 3931276, "Raw Placename": "Puno", "Feature Type": "PPLA", "Source": "A Gazette", "Publication Date": "2023-01-03",
    "Language": "Spanish", "Version": "NGEC_coder-Vers001-b1-Run-001",
}  # fmt: skip
ACLED_ROW = {
    "event_id_cnty": "MLI12345", "event_date": "2022-03-05", "year": 2022, "time_precision": 1, "disorder_type": "Political violence",
    "event_type": "Battles", "sub_event_type": "Armed clash", "actor1": "JNIM: Group for Support of Islam and Muslims",
    "inter1": "Rebel group", "actor2": "Military Forces of Mali (2021-)", "inter2": "State forces",
    "interaction": "State forces-Rebel group", "iso": 466, "region": "Western Africa", "country": "Mali", "admin1": "Mopti",
    "location": "Douentza", "latitude": 15.0019, "longitude": -2.9495, "geo_precision": 1, "source": "Twitter", "source_scale": "New media",
    "notes": 'On 5 March, fighters attacked a post, "several" were hurt.\nA second line.', "fatalities": 7, "timestamp": 1647000000,
}  # fmt: skip
UCDP = (
    "id,year,type_of_violence,conflict_new_id,side_a,gwnoa,side_b,gwnob,source_article,source_office,where_prec,where_coordinates,adm_1,latitude,"
    "longitude,country,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low"
).split(",")
UCDP_ROW = {
    "id": 36210, "year": 2009, "type_of_violence": 1, "conflict_new_id": 314,
    "side_a": "Government of Uganda", "gwnoa": 500, "side_b": "LRA",
    "source_article": "An Agency 25/2-09", "where_prec": 1, "where_coordinates": "Obo town", "adm_1": "Haut-Mbomou prefecture",
    "latitude": 5.4, "longitude": 26.49, "country": "Central African Republic", "date_prec": 1,
    "date_start": "2009-02-20 00:00:00.000",
    "date_end": "2009-02-20 00:00:00.000", "deaths_a": 0, "deaths_b": 3, "best": 3, "high": 5, "low": 2,
}  # fmt: skip


def files():
    """A file of two rows for each data set, the first the sample, the second with another id."""
    return {
        "gdelt": tabs(GDELT, GDELT_ROW, {**GDELT_ROW, "GLOBALEVENTID": 410479001}, header=False),
        "icews": tabs(ICEWS, ICEWS_ROW, {**ICEWS_ROW, "Event ID": 20718171}),
        "polecat": tabs(POLECAT, POLECAT_ROW, {**POLECAT_ROW, "Event ID": "other"}, missing="None"),
        "acled": commas(ACLED, ACLED_ROW, {**ACLED_ROW, "event_id_cnty": "MLI12346"}),
        "ucdp": commas(UCDP, UCDP_ROW, {**UCDP_ROW, "id": 36211}),
    }
