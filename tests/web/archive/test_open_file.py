"""Files of the archive found, opened and given out."""

import io
import zipfile
from urllib.parse import quote

import pytest
from PIL import Image

from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.limits import Limits
from archive_indexer.filing.classify import Known
from archive_indexer.index.index_place import IndexPlace
from archive_indexer.index.index_writer import IndexWriter
from archive_indexer.index_file import Workplace, index_file
from archive_indexer.models import ArchivedFile
from archive_indexer.noticing.presence import Presence
from archive_indexer.stores.service_state import Report
from minzheng.web.gate.office import config, county


def test_the_original_is_downloaded_never_opened(sign_in, paper):
    """A file from outside is not shown as our page."""
    answer = sign_in().get(f"/files/{paper.pk}/original")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "测试甲" in answer.getvalue().decode()
    answer.close()


def test_a_link_out_of_the_archive_is_not_followed(sign_in, paper, tmp_path):
    """A symbolic link in the archive opens nothing outside."""
    outside = tmp_path / "外面.txt"
    outside.write_text("不归档案", encoding="utf-8")
    file = config().archive_folder / paper.path
    file.unlink()
    file.symlink_to(outside)
    assert sign_in().get(f"/files/{paper.pk}/original").status_code == 404
    assert outside.read_text(encoding="utf-8") == "不归档案"


@pytest.fixture
def inside(paper) -> ArchivedFile:
    """A picture in a packed file of 旧城村."""
    name, picture = "钟宝镇/旧城村/资料.zip", io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(picture, "PNG")
    with zipfile.ZipFile(config().archive_folder / name, "w") as package:
        package.writestr("说明.txt", "测试丙的说明")
        package.writestr("照片/证.png", picture.getvalue())
    writer = IndexWriter(IndexPlace(config().data_folder / "index"), Report())
    workplace = Workplace(
        config().archive_folder, Presence(config().archive_folder),
        lambda file: extract_pages(file, Limits()), Known(county()), writer,
    )  # fmt: skip
    index_file(name, workplace)
    writer.commit()
    return ArchivedFile.objects.get(path=f"{name}!/照片/证.png")


def test_a_picture_in_a_packed_file_is_shown_and_downloaded(sign_in, inside):
    """As if it lay in the archive itself; the packed file and its members lead to each other."""
    browser = sign_in()
    packed = ArchivedFile.objects.get(path=inside.packed_in)
    page = browser.get(f"/files/{inside.pk}").content.decode()
    assert f"/files/{packed.pk}" in page
    image = browser.get(f"/files/{inside.pk}/pages/1.jpg")
    assert Image.open(io.BytesIO(image.content)).width == 1200
    original = browser.get(f"/files/{inside.pk}/original")
    assert original.getvalue().startswith(b"\x89PNG")
    assert quote("证.png") in original["Content-Disposition"]
    assert f"/files/{inside.pk}" in browser.get(f"/files/{packed.pk}").content.decode()
    (config().archive_folder / packed.path).unlink()
    assert browser.get(f"/files/{inside.pk}/original").status_code == 404
