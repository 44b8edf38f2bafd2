"""Makes src/dragoman/ontology/countries.csv: the numbers and letters by which other event data names our countries.

    python scripts/build_country_codes.py ../shared/data/actors

Names come from the gazetteer; ISO numbers and FIPS 10-4 codes from country-codes (PDDL); Correlates of War numbers from REIGN (MIT, rows of states), and
below for states that REIGN leaves out. All are facts.
"""

import csv
import re
import sys
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "src" / "dragoman"
GAZETTEER = PACKAGE / "resolve" / "gazetteer"
# Country codes of the Correlates of War project, from its list of states; REIGN gives only those that had leaders to tell of.
COW = {
    "ATG": 58,
    "BHS": 31,
    "BRB": 53,
    "BLZ": 80,
    "DMA": 54,
    "GRD": 55,
    "KNA": 60,
    "LCA": 56,
    "VCT": 57,
    "TTO": 52,
    "JAM": 51,
    "GUY": 110,
    "SUR": 115,
    "ISL": 395,
    "LUX": 212,
    "MLT": 338,
    "MCO": 221,
    "LIE": 223,
    "AND": 232,
    "SMR": 331,
    "STP": 403,
    "CPV": 402,
    "COM": 581,
    "SYC": 591,
    "MDV": 781,
    "BRN": 835,
    "VUT": 935,
    "SLB": 940,
    "KIR": 946,
    "TUV": 947,
    "TON": 955,
    "NRU": 970,
    "MHL": 983,
    "PLW": 986,
    "FSM": 987,
    "WSM": 990,
    "FJI": 950,
    "SRB": 345,
    "MNE": 341,
    "KOS": 347,
    "SSD": 626,
    "YEM": 679,
    "DEU": 255,
    "VNM": 816,
    "ZWE": 552,
    "ETH": 530,
    "TZA": 510,
    "TLS": 860,
    "MKD": 343,
    "COD": 490,
    "COG": 484,
    "CIV": 437,
    "ROU": 360,
    "GBR": 200,
    "RUS": 365,
    "SDN": 625,
    "ERI": 531,
    "PAK": 770,
    "USA": 2,
    "BFA": 439,
    "HND": 91,
    "SLE": 451,
    "TWN": 713,
}
FIPS = {"KOS": "KV", "SSD": "OD", "SRB": "RI", "MNE": "MJ", "PSE": "WE", "VAT": "VT", "ATA": "AY", "TWN": "TW"}
MORE_FIPS = {"PSE": ["GZ"], "NOR": ["JN"], "TLS": ["TT"]}
NUMBERS = {"TWN": 158, "KOS": 0}
MORE_NAMES = {
    "AND": [], "BHS": ["Bahamas, The", "The Bahamas"], "BIH": ["Bosnia-Herzegovina", "Bosnia & Herzegovina"], "BRN": ["Brunei Darussalam"],
    "CPV": ["Cabo Verde", "Cape Verde"], "CIV": ["Ivory Coast", "Cote d'Ivoire", "Côte d'Ivoire", "Côte d’Ivoire"],
    "COD": ["DR Congo", "DR Congo (Zaire)", "Democratic Republic of Congo", "Congo, Democratic Republic of the", "Zaire", "Congo, DRC", "Congo-Kinshasa"],
    "COG": ["Congo", "Republic of Congo", "Congo-Brazzaville", "Congo, Republic of the"], "CZE": ["Czech Republic"], "SWZ": ["Swaziland", "Kingdom of eSwatini (Swaziland)", "eSwatini"],
    "GMB": ["Gambia", "The Gambia", "Gambia, The"], "GBR": ["UK", "Great Britain"], "USA": ["United States", "US", "United States of America"],
    "IRN": ["Islamic Republic of Iran"], "KHM": ["Cambodia (Kampuchea)"], "KGZ": ["Kyrgyz Republic"], "KOR": ["South Korea", "Republic of Korea", "Korea, South"],
    "PRK": ["North Korea", "Korea, North"], "LAO": ["Laos", "Lao PDR"], "MKD": ["Macedonia", "Macedonia, FYR", "FYR Macedonia"], "MMR": ["Burma", "Myanmar (Burma)", "Myanmar"],
    "MDG": ["Madagascar (Malagasy)"], "PSE": ["Occupied Palestinian Territory", "West Bank", "Gaza", "Gaza Strip", "West Bank and Gaza", "Palestine", "Palestinian Territory, Occupied"],
    "ROU": ["Rumania"], "RUS": ["Russia", "Russian Federation", "Russia (Soviet Union)"], "SRB": ["Serbia (Yugoslavia)", "Yugoslavia"], "SYR": ["Syria", "Syrian Arab Republic"],
    "TLS": ["East Timor", "Timor-Leste"], "TUR": ["Turkey", "Türkiye", "Turkiye"], "TZA": ["Tanzania"], "VNM": ["Viet Nam", "Vietnam (North Vietnam)"],
    "VAT": ["Holy See", "Vatican", "Vatican City"], "VEN": ["Venezuela"], "YEM": ["Yemen (North Yemen)"], "ZWE": ["Zimbabwe (Rhodesia)"], "BOL": ["Bolivia"],
    "MDA": ["Moldova"], "TWN": ["Taiwan, Province of China"], "FSM": ["Micronesia", "Federated States of Micronesia"], "BFA": ["Burkina Faso (Upper Volta)"],
    "LKA": ["Sri Lanka (Ceylon)"], "SUR": ["Surinam"], "DEU": ["German Federal Republic"], "HKG": ["Hong Kong"], "ATA": ["Antarctica"],
}  # fmt: skip


def main(folder: Path) -> None:
    by_iso2 = {row["ISO3166-1-Alpha-2"]: row for row in read(folder / "country-codes.csv")}
    by_code = {row["ISO3166-1-Alpha-3"]: row for row in by_iso2.values()}
    cow = {row["stateabb"]: row["ccode"] for row in read(folder / "reign_leaderlist_3_21.csv")}
    own = [row for row in read(GAZETTEER / "countries.csv")]
    spelled = {row["code"]: (row["name"], [row["official"], *row["aliases"].split("|")]) for row in own}
    for code in ("ATA", "VAT"):
        spelled.setdefault(code, (MORE_NAMES[code][0], []))
    dependent: dict[str, list[dict[str, str]]] = {}
    for row in read(GAZETTEER / "place_countries.csv"):
        entry = by_iso2.get(row["iso2"])
        if entry and entry["ISO3166-1-Alpha-3"] not in spelled and row["code"] in spelled:
            dependent.setdefault(row["code"], []).append({**entry, "name": row["name"]})
    rows = []
    for code in sorted(spelled):
        name, names = spelled[code]
        name = name.removeprefix("the ")
        entry, below = by_code.get(code, {}), dependent.get(code, [])
        fips = [
            FIPS.get(code) or first(entry.get("FIPS", "")),
            *MORE_FIPS.get(code, []),
            *(first(one["FIPS"]) for one in below),
        ]
        fips = [one for one in dict.fromkeys(fips) if re.fullmatch("[A-Z]{2}", one)]
        number = NUMBERS.get(code, entry.get("ISO3166-1-numeric") or "")
        numbers = [str(number or ""), *(one["ISO3166-1-numeric"] for one in below)]
        letters = [one["ISO3166-1-Alpha-3"] for one in below]
        names = [
            one
            for one in dict.fromkeys([*names, *MORE_NAMES.get(code, []), *(one["name"] for one in below)])
            if one and "*" not in one and one != name and one not in NOT_OF.get(code, ())
        ]
        rows.append(
            [
                code,
                name,
                "|".join(filter(None, fips)),
                COW.get(code) or ("" if code in NO_COW else cow.get(COW_LETTERS.get(code, code))) or "",
                "|".join(filter(None, numbers)),
                "|".join(letters),
                "|".join(names),
            ]
        )
    with (PACKAGE / "ontology" / "countries.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["code", "name", "fips", "cow", "iso_number", "other_codes", "names"])
        writer.writerows(rows)


NO_COW = ("MAC", "HKG", "PSE", "VAT", "ATA")
NOT_OF = {"COD": ("Congo", "the Congo")}
COW_LETTERS = {
    "DZA": "ALG", "AGO": "ANG", "AUS": "AUL", "AUT": "AUS", "BGD": "BNG", "BRB": "BAR", "BHR": "BAH", "BTN": "BHU", "BIH": "BOS", "BWA": "BOT", "BGR": "BUL",
    "BDI": "BUI", "KHM": "CAM", "CMR": "CAO", "CAF": "CEN", "TCD": "CHA", "CRI": "COS", "HRV": "CRO", "CZE": "CZR", "DNK": "DEN", "SLV": "SAL", "GNQ": "EQG",
    "FRA": "FRN", "GEO": "GRG", "GTM": "GUA", "GIN": "GUI", "HTI": "HAI", "IDN": "INS", "IRL": "IRE", "KAZ": "KZK", "KWT": "KUW", "KGZ": "KYR", "LVA": "LAT",
    "LBN": "LEB", "LSO": "LES", "LBY": "LIB", "LTU": "LIT", "MDG": "MAG", "MWI": "MAW", "MYS": "MAL", "MRT": "MAA", "MUS": "MAS", "MDA": "MLD", "MNG": "MON",
    "MAR": "MOR", "MOZ": "MZM", "MMR": "MYA", "NPL": "NEP", "NLD": "NTH", "NZL": "NEW", "NER": "NIR", "NGA": "NIG", "PRY": "PAR", "PHL": "PHI", "PRT": "POR",
    "KOR": "ROK", "SVK": "SLO", "SVN": "SLV", "SGP": "SIN", "ZAF": "SAF", "ESP": "SPN", "LKA": "SRI", "SWZ": "SWA", "SWE": "SWD", "CHE": "SWZ", "TWN": "TAW",
    "TJK": "TAJ", "THA": "THI", "TGO": "TOG", "TTO": "TRI", "ARE": "UAE", "UKR": "UKR", "URY": "URU", "ZMB": "ZAM", "GMB": "GAM", "OMN": "OMA",
}  # fmt: skip


def first(text: str) -> str:
    return text.split(",", maxsplit=1)[0].strip()


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        return list(csv.DictReader(stream))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
