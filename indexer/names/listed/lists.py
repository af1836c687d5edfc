"""What do the lists of other institutions say about places?

Three kinds of file, told apart by their first line: the p-codes of OCHA (CSV with columns for the
English name, the Arabic name and the p-code of each administrative level), a dump of GeoNames
(tabs, no header, 19 columns), and what the query service of Wikidata exports (a column `item`).
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from indexer.errors import TableError

OCHA_KINDS = {1: "governorate", 2: "district", 3: "subdistrict", 4: "village"}
GEONAMES_KINDS = {
    "ADM2": "district", "ADM3": "subdistrict", "PPLX": "neighbourhood",
    "AIRB": "site", "AIRF": "site", "AIRP": "site", "BDG": "site", "CMPRF": "site", "DAM": "site",
    "HSP": "site", "PRN": "site",
    "PPL": "village", "PPLA": "town", "PPLA2": "town", "PPLA3": "town", "PPLA4": "town",
    "PPLC": "town", "PPLL": "village",
}  # fmt: skip
# Codes of GeoNames for what is a row in our tables.
COUNTRIES = {
    "LB": "lebanon", "JO": "jordan", "PS": "palestine", "IQ": "iraq", "TR": "turkey", "IL": "israel"
}  # fmt: skip
GOVERNORATES = {
    "01": "hasakah", "02": "latakia", "03": "quneitra", "04": "raqqa", "05": "suwayda",
    "06": "daraa", "07": "deir-ez-zor", "08": "rif-dimashq", "09": "aleppo", "10": "hama",
    "11": "homs", "12": "idlib", "13": "damascus", "14": "tartus",
}  # fmt: skip
TOWN = 5_000  # people from which a populated place is a town

# admin1Name_en, ADM1_EN, adm1_name, admin2Pcode, ADM3_PCODE …
_LEVEL = re.compile(r"adm(?:in)?_?([0-4])_?(?:name)?_?(en|ar|p?code|)")
_POINT = re.compile(r"Point\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)", re.I)
_ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a ]+")


@dataclass(frozen=True, slots=True)
class Listed:
    """One place as a list has it."""

    place: str  # "file, line N", for messages
    number: str  # its number there: "OCHA SY0207", "GeoNames 173576", "Wikidata Q41183"
    kind: str
    english: str
    arabic: str
    others: tuple[str, ...] = ()
    larger: str = ""  # number, id or name of the larger place
    latitude: float | None = None
    longitude: float | None = None


def read_list(name: str, text: str) -> Iterator[Listed | TableError]:
    """The places of a list, larger ones before smaller ones; for a row that cannot be used, why.
    Raises TableError for a file that is none of the three."""
    head = text.partition("\n")[0].rstrip("\r")
    if len(head.split("\t")) == 19 and head.split("\t")[0].isdigit():
        return _read_geonames(name, text)
    delimiter = "\t" if "\t" in head else ","
    columns = [column.strip().lower().lstrip("?") for column in head.split(delimiter)]
    rows = _rows(name, text, delimiter, columns)
    if "item" in columns:
        return _read_wikidata(rows)
    levels = _levels(columns)
    if 1 in levels and {"en", "code"} <= levels[1].keys():
        return _read_ocha(rows, levels)
    raise TableError(
        f"{name}, line 1: this is no table that can be imported. It needs the columns of "
        "indexer/names/locations.csv, p-codes of OCHA (admin1Name_en, admin1Name_ar, admin1Pcode "
        "…), 19 columns of GeoNames, or a column item of Wikidata."
    )


def _rows(
    name: str, text: str, delimiter: str, columns: list[str]
) -> Iterator[tuple[str, dict[str, str]]]:
    reader = csv.DictReader(StringIO(text, newline=""), columns, delimiter=delimiter)
    next(reader, None)
    for row in reader:
        cells = {key: (row.get(key) or "").strip() for key in columns}
        yield f"{name}, line {reader.line_num}", cells


def _levels(columns: list[str]) -> dict[int, dict[str, str]]:
    """By level and by "en", "ar", "code": the column. A name without a language is the English."""
    levels: dict[int, dict[str, str]] = {}
    for column in columns:
        match = _LEVEL.fullmatch(column)
        if match:
            what = {"": "en", "pcode": "code"}.get(match[2], match[2])
            levels.setdefault(int(match[1]), {}).setdefault(what, column)
    return levels


def _read_ocha(
    rows: Iterator[tuple[str, dict[str, str]]], levels: dict[int, dict[str, str]]
) -> Iterator[Listed | TableError]:
    """Each place once, though its name stands in the row of every place that lies in it."""
    seen: set[str] = set()
    deepest = max(levels)
    for place, row in rows:
        larger = "syria"
        for level in sorted(levels.keys() & OCHA_KINDS.keys()):
            cells = {what: row[column] for what, column in levels[level].items()}
            code = cells.get("code", "")
            if not code:
                if any(cells.values()):
                    name = cells.get("en") or cells.get("ar")
                    yield TableError(f"{place}: {name} has no p-code. Skipped.")
                break
            number = f"OCHA {code}"
            if number not in seen:
                seen.add(number)
                north, east = _coordinates(row) if level == deepest else (None, None)
                yield _checked(
                    Listed(place, number, OCHA_KINDS[level], cells.get("en", ""),
                           cells.get("ar", ""), (), larger, north, east)
                )  # fmt: skip
            larger = number


def _read_geonames(name: str, text: str) -> Iterator[Listed | TableError]:
    """Populated places, districts and the sites of the table above; other things of the map are
    passed over."""
    for line_number, line in enumerate(text.splitlines(), start=1):
        place = f"{name}, line {line_number}"
        cells = line.split("\t")
        if len(cells) != 19:
            yield TableError(f"{place}: {len(cells)} columns, and GeoNames has 19. Skipped.")
            continue
        number, english, plain, others, north, east, _, feature, country, _, admin1 = cells[:11]
        kind = GEONAMES_KINDS.get(feature)
        if kind is None:
            continue
        if kind == "village" and cells[14].isdigit() and int(cells[14]) >= TOWN:
            kind = "town"
        larger = GOVERNORATES.get(admin1, "") if country == "SY" else COUNTRIES.get(country, "")
        if not larger:
            yield TableError(f"{place}: {english} lies in no known country. Skipped.")
            continue
        names = [other.strip() for other in others.split(",") if other.strip()]
        arabic = [other for other in names if _ARABIC.fullmatch(other)]
        latin = [o for o in dict.fromkeys((plain, *names)) if o.isascii() and o[:1].isupper()]
        yield _checked(
            Listed(place, f"GeoNames {number}", kind, english, arabic[0] if arabic else "",
                   (*latin, *arabic[1:]), larger, *_degrees(north, east))
        )  # fmt: skip


def _read_wikidata(
    rows: Iterator[tuple[str, dict[str, str]]],
) -> Iterator[Listed | TableError]:
    """Columns: item, label_en, label_ar, and if they are there kind, part_of, aliases (with | or a
    comma between them), coord."""
    for place, row in rows:
        item = row["item"].rstrip(">").rpartition("/")[2]
        if not re.fullmatch(r"Q\d+", item):
            yield TableError(f"{place}: {row['item']!r} is no item of Wikidata. Skipped.")
            continue
        aliases = re.split(r"\s*[|,،]\s*", row.get("aliases", ""))
        yield _checked(
            Listed(place, f"Wikidata {item}", row.get("kind") or "town", row.get("label_en", ""),
                   row.get("label_ar", ""), tuple(alias for alias in aliases if alias),
                   row.get("part_of", ""), *_coordinates(row))
        )  # fmt: skip


def _checked(listed: Listed) -> Listed | TableError:
    missing = [
        what for what, name in (("English", listed.english), ("Arabic", listed.arabic)) if not name
    ]
    if not missing:
        return listed
    name = listed.english or listed.arabic or listed.number
    return TableError(f"{listed.place}: {name} has no {' and no '.join(missing)} name. Skipped.")


def _coordinates(row: dict[str, str]) -> tuple[float | None, float | None]:
    point = _POINT.search(row.get("coord", ""))
    if point:
        return _degrees(point[2], point[1])
    north = next((row[key] for key in ("latitude", "lat", "latitude_y", "y") if key in row), "")
    east = next(
        (row[key] for key in ("longitude", "lon", "long", "longitude_x", "x") if key in row), ""
    )
    return _degrees(north, east)


def _degrees(north: str, east: str) -> tuple[float | None, float | None]:
    """Both, or neither if one is no number of degrees."""
    try:
        latitude, longitude = float(north), float(east)
    except ValueError:
        return None, None
    on_earth = -90 <= latitude <= 90 and -180 <= longitude <= 180
    return (latitude, longitude) if on_earth else (None, None)
