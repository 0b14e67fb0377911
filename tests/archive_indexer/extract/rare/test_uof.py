"""标文通, in one file and zipped, of both editions."""

import base64
from pathlib import Path

import pytest

from archive_indexer.extract.extract_pages import extract_pages
from tests.archive_indexer.extract.made.made_files import LIMITS, put, zip_of

SPACES = (
    'xmlns:uof="http://schemas.uof.org/cn/2003/uof" xmlns:字="w" '
    'xmlns:表="http://schemas.uof.org/cn/2003/uof-s"'
)


def run(said: str) -> str:
    return f"<字:句><字:句属性/><字:文本串>{said}</字:文本串></字:句>"


def paragraph(*runs: str) -> str:
    return f"<字:段落><字:段落属性/>{''.join(runs)}</字:段落>"


def cell(said: str) -> str:
    return f"<字:单元格><字:单元格属性/>{paragraph(run(said))}</字:单元格>"


def document(body: str, code: str = "UTF-8") -> bytes:
    source = (
        f'<?xml version="1.0" encoding="{code}"?><uof:UOF {SPACES}>'
        f"<uof:元数据><uof:标题>隐</uof:标题></uof:元数据>{body}</uof:UOF>"
    )
    return source.encode(code)


def read(folder: Path, content: bytes, name: str = "申请.uot"):
    extraction = extract_pages(put(folder, name, content), LIMITS)
    assert extraction.kind == "uof", extraction.reason
    return extraction.pages[0]


@pytest.mark.parametrize("code", ["UTF-8", "GB18030", "UTF-16"])
@pytest.mark.parametrize("name", ["申请.uot", "申请.xml"])
def test_runs_are_words_and_rows_are_lines(tmp_path: Path, code: str, name: str):
    """Whatever the file is called and in whatever code it is."""
    table = f"<字:文字表><字:行>{cell('姓名')}{cell('测试甲')}</字:行></字:文字表>"
    body = paragraph(run("低保"), run("申请")) + table + paragraph(run("属实"))
    assert read(tmp_path, document(body, code), name).text == "低保申请\n姓名 测试甲\n属实"


def test_what_stands_beside_a_paragraph_does_not_part_its_words(tmp_path: Path):
    """Notes and remarks come behind it; blanks and breaks are signs."""
    note = f"<字:句><字:脚注>{paragraph(run('见附件'))}</字:脚注></字:句>"
    signs = "<字:句><字:文本串>甲</字:文本串><字:空格符/><字:文本串>乙</字:文本串></字:句>"
    remark = f"<字:批注集><字:批注>{paragraph(run('已核'))}</字:批注></字:批注集>"
    body = remark + paragraph(run("低"), note, run("保"), signs)
    assert read(tmp_path, document(body)).text == "批注：已核\n低保甲 乙\n见附件"


def test_what_was_struck_out_is_not_read(tmp_path: Path):
    """What was put in with changes tracked is."""
    body = paragraph(
        run("三"), '<字:修订开始 字:类型="delete"/>', run("四"), "<字:修订结束/>",
        '<字:修订开始 字:类型="insert"/>', run("人"), "<字:修订结束/>",
    )  # fmt: skip
    assert read(tmp_path, document(body)).text == "三人"


def test_a_sheet_is_its_cells(tmp_path: Path):
    """What is shown, and the value where nothing is; hidden ones say so."""
    row = (
        f"<表:行><表:单元格><表:数据>{run('测试甲')}</表:数据></表:单元格>"
        '<表:单元格><表:数据 表:数据数值="450.5"/></表:单元格></表:行>'
    )
    body = (
        f'<表:工作表 表:名称="名单">{row}</表:工作表>'
        '<表:工作表 表:名称="旧" 表:隐藏="true"></表:工作表>'
    )
    text = read(tmp_path, document(body), "名单.uos").text
    assert text == "名单\n测试甲 450.5\n旧（隐藏的工作表）"


def test_pictures_within_it_are_further_pages(tmp_path: Path, monkeypatch):
    """Written as letters."""
    seen = []
    monkeypatch.setattr(
        "archive_indexer.extract.rare.uof.read_pictures",
        lambda found, first, limits: (
            tuple(seen.extend((n, load()) for n, load in found) or ()),
            (),
        ),
    )
    picture = base64.b64encode(b"a picture").decode()
    body = (
        '<uof:对象集><uof:其他对象 uof:公共类型="png">'
        f"<uof:数据>{picture}</uof:数据></uof:其他对象></uof:对象集>{paragraph(run('甲'))}"
    )
    assert read(tmp_path, document(body)).text == "甲"
    assert seen == [("picture.png", b"a picture")]


def test_the_second_edition_is_zipped_and_its_names_have_numbers(tmp_path: Path):
    """Remarks lie in another member."""
    spaces = 'xmlns:字="http://schemas.uof.org/cn/2009/wordproc" xmlns:规则="x"'
    content = (
        f"<字:文字处理文档_4225 {spaces}><字:段落_416B><字:句_419D>"
        "<字:文本串_415B>低保</字:文本串_415B><字:空格符_4161/><字:文本串_415B>名单</字:文本串_415B></字:句_419D></字:段落_416B>"
        "</字:文字处理文档_4225>"
    )
    rules = (
        f"<规则:公用处理规则_B665 {spaces}><规则:批注_B66A><字:段落_416B><字:句_419D>"
        "<字:文本串_415B>已核</字:文本串_415B></字:句_419D></字:段落_416B></规则:批注_B66A>"
        "</规则:公用处理规则_B665>"
    )
    package = zip_of(
        ("uof.xml", b"<x/>"), ("content.xml", content.encode()), ("rules.xml", rules.encode())
    )
    assert read(tmp_path, package).text == "低保 名单\n批注：已核"


def test_a_broken_one_says_so(tmp_path: Path):
    """And what to do."""
    reason = extract_pages(put(tmp_path, "a.uot", document("<字:段落>")), LIMITS).reason
    assert "标文通文件已损坏" in reason
