"""A registry of three counties; towns and villages of the same name lie in several of them."""

from pathlib import Path

HEADING = "county,town_code,town,village,kind,village_code,short_code,other_names,mark,fonds_no"
ROWS = (
    "镇坪县,610927100,城关镇,新华村,村,610927100201,270201,,,",
    "镇坪县,610927100,城关镇,文彩村,村,610927100202,270202,,,",
    "镇坪县,610927103,钟宝镇,旧城村,村,610927103200,273200,,,",
    "平利县,610925100,城关镇,新华村,村,610925100201,250201,,,",
    "平利县,610925100,城关镇,白坪村,村,610925100202,250202,老坪村,,",
    "平利县,610925101,兴隆镇,新华村,村,610925101201,251201,,,",
    "旬阳市,610981100,城关镇,小河村,村,610981100201,810201,,,",
)


def several_counties(folder: Path, rows: tuple[str, ...] = ROWS, heading: str = HEADING) -> Path:
    """Write the table into a folder."""
    text = "\n".join((heading, *rows)) + "\n"
    (folder / "towns_and_villages.csv").write_text(text, encoding="utf-8")
    return folder
