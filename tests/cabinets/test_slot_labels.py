"""Labels for the slots of a cabinet."""

import io

import docx

from minzheng.cabinets.slot_labels import Label, write_labels
from minzheng.external.files.file_properties import FileProperties


def test_fifteen_labels_stand_three_by_five():
    """Each with its dossier, its village, its slot."""
    labels = [
        Label(f"{at:02}", f"专档{at}", "钟宝镇旧城村", f"{at:02}", "MZ-1") for at in range(1, 16)
    ]
    made = docx.Document(io.BytesIO(write_labels(labels, FileProperties("测试县民政局", "标签"))))
    (table,) = made.tables
    assert (len(table.rows), len(table.columns)) == (5, 3)
    assert [one.text for one in table.cell(4, 2).paragraphs] == [
        "民政专柜 15", "专档15", "钟宝镇旧城村", "MZ-1　格位 15",
    ]  # fmt: skip
