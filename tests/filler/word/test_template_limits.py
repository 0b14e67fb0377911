"""A Word file that could harm is refused before it is opened."""

import io
import random
import zipfile

import pytest

from filler.word import template_limits
from filler.word.template_limits import (
    MOST_MEMBERS,
    find_package_problems,
    find_reaching_problems,
)

RELS = "word/_rels/document.xml.rels"
NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

#: Each ten times the one before; further ones no reader takes.
ENTITIES = "<!DOCTYPE x [<!ENTITY e0 'ten letters'>{}]>".format(
    "".join(f"<!ENTITY e{at} '{f'&e{at - 1};' * 10}'>" for at in range(1, 5))
)


def package(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def relations(kind: str, mode: str = "External") -> bytes:
    return (
        f'<Relationships><Relationship Id="a" Type="{KINDS}{kind}" Target="http://x.invalid/a" '
        f'TargetMode="{mode}"/></Relationships>'
    ).encode()


def encrypted() -> bytes:
    data = bytearray(package({"a": b"1"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def document(body: str, before: str = "") -> bytes:
    """A package with this in its main part."""
    return package(
        {"word/document.xml": f"{before}<w:document {NAMES}>{body}</w:document>".encode()}
    )


def paragraphs(*texts: str) -> str:
    """Each text split over two runs, as Word does."""
    run = "<w:r><w:t>{}</w:t></w:r>"
    return "".join(f"<w:p>{run.format(text[:3])}{run.format(text[3:])}</w:p>" for text in texts)


def edge(kind: str) -> str:
    return f'<w:fldChar w:fldCharType="{kind}"/>'


def field(*instructions: str) -> str:
    """A field whose instruction is split over runs."""
    runs = "".join(f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in instructions)
    begin, end = (f"<w:r>{edge(kind)}</w:r>" for kind in ("begin", "end"))
    return f"<w:p>{begin}{runs}{end}</w:p>"


@pytest.mark.parametrize(
    ("docx", "words"),
    [
        (document("", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"), "DOCTYPE"),
        (document("<w:p>&e4;</w:p>", ENTITIES), "DOCTYPE"),
        (document("<w:sdt>" * 250 + "</w:sdt>" * 250), "嵌套超过 200 层"),
        (document(paragraphs("{{ " + "(" * 2000 + "town" + ")" * 2000 + " }}")), "标签太长"),
        (document(paragraphs("{{ " + "[" * 50 + "town")), "括号套了"),
        (document(paragraphs("{{ " + "not " * 500 + "town }}")), "标签太长"),
        (document(paragraphs(*["{% if town %}"] * 30, *["{% endif %}"] * 30)), "for、if 套了"),
        (document(paragraphs(*["{%tr for m in members %}"] * 30)), "for、if 套了"),
        (package({str(n): b"" for n in range(MOST_MEMBERS + 1)}), "个文件，超过"),
        (package({"a": bytes(101 * 2**20)}), "展开后有 101 MB"),
        (package({"a": bytes(2 * 2**20)}), "压缩超过 200 倍"),
        (encrypted(), "压缩包加了密码"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), "旧的 .doc"),
        (package({"word/vbaProject.bin": b"x"}), "带有宏"),
        (package({"word/embeddings/oleObject1.bin": b"x"}), "嵌入的程序对象"),
        (package({"word/activeX/activeX1.xml": b"x"}), "控件"),
        (package({RELS: relations("image")}), "image：http://x.invalid/a"),
        (package({RELS: b"<broken"}), "不是完好的"),
        (b"%PDF-1.4", "不是完好的"),
    ],
)
def test_what_could_harm_is_refused_in_words(docx, words):
    """Bombs, passwords, macros, and what is fetched from elsewhere."""
    problems = find_package_problems(docx, "x.docx")
    assert any(words in problem.what for problem in problems)


def test_links_to_read_are_no_harm():
    """A hyperlink is followed only when somebody clicks it."""
    members = {RELS: relations("hyperlink"), "word/document.xml": b"<a/>"}
    assert find_package_problems(package(members), "x.docx") == []


@pytest.mark.parametrize(
    ("size", "is_blown_up"), [(2**20, False), (2**20 + 1, True), (300_000, False)]
)
def test_a_small_part_may_be_packed_tightly(size, is_blown_up):
    """Above a mebibyte it may not: zeros are packed a thousandfold."""
    told = find_package_problems(package({"a": bytes(size)}), "x.docx")
    assert [one.what for one in told] == (
        ["有内容压缩超过 200 倍，不像正常文件"] if is_blown_up else []
    )


def test_a_large_part_of_usual_content_is_no_harm():
    """Nor is the most that may be in it."""
    assert find_package_problems(package({"a": random.Random(1).randbytes(2**21)}), "x") == []
    members = {str(number): b"" for number in range(MOST_MEMBERS)}
    assert find_package_problems(package(members), "x") == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (field('DDEAUTO c:\\\\cmd.exe "/k calc"'), "DDEAUTO"),
        (field(" INCLUDE", 'PICTURE "http://127.0.0.1/x.png"'), "INCLUDEPICTURE"),
        (field('includetext "file:///etc/hostname"'), "INCLUDETEXT"),
        (field("DDE x") + field("PAGE"), "DDE"),
        ('<w:fldSimple w:instr=" LINK Excel.Sheet a"/>', "LINK"),
        ('<w:r><w:instrText>IMPORT "a"</w:instrText></w:r>', "IMPORT"),
        ("<w:altChunk/>", "altChunk"),
    ],
)
def test_fields_that_reach_out_are_refused_in_words(body, words):
    """They run or fetch when the document is opened: by a clerk, a bank, a poor household."""
    (problem,) = find_reaching_problems(document(body), "x.docx")
    assert words in problem.what


def test_a_field_within_a_field_is_seen():
    """What a condition puts into another field is that field's, too."""
    begin, end = edge("begin"), edge("end")
    inner = f"{begin}<w:instrText>DDEAUTO a</w:instrText>{end}"
    body = f"<w:p><w:r>{begin}<w:instrText>IF 1 </w:instrText>{inner}{end}</w:r></w:p>"
    assert len(find_reaching_problems(document(body), "x.docx")) == 1


def test_usual_fields_and_tags_are_no_harm():
    """Page numbers, links to read, loops in loops with a condition."""
    tags = (
        "{% for a in b %}",
        "{% if a.c %}",
        '{{ a.c or "（无）" }}',
        "{% endif %}",
        "{% endfor %}",
    )
    body = field(" PAGE ") + field('HYPERLINK "http://x.invalid"') + paragraphs(*tags * 40)
    assert find_package_problems(document(body), "x.docx") == []
    assert find_reaching_problems(document(body), "x.docx") == []


def told(body: str) -> list[str]:
    return [one.what for one in find_package_problems(document(body), "x")]


@pytest.mark.parametrize(
    ("body", "is_refused"),
    [
        ("<w:sdt>" * 199 + "</w:sdt>" * 199, False), ("<w:sdt>" * 200 + "</w:sdt>" * 200, True),
        ("<w:p/>" * 300, False), ("<w:p/>" * 300 + "<w:sdt>" * 200 + "</w:sdt>" * 200, True),
        ("<w:t><!-- a -->{{ " + "(" * 21 + "</w:t>", True),
        (paragraphs("{{ " + "(" * 20 + "a" + ")" * 20 + " }}"), False),
        (paragraphs("{{ " + "(" * 21 + "a" + ")" * 21 + " }}"), True),
        (paragraphs("{{ " + "()" * 30 + " }}"), False), (paragraphs("{{ " + "([{" * 7), True),
        (paragraphs("{{" + "a" * 996 + "}}"), False), (paragraphs("{{" + "a" * 997 + "}}"), True),
        (paragraphs("{%" + "a" * 997 + "%}"), True), (paragraphs("{{" + "a" * 2000), False),
        (paragraphs(*["{% if a %}"] * 20, *["{% endif %}"] * 20), False),
        (paragraphs(*["{% if a %}"] * 21, *["{% endif %}"] * 21), True),
        (paragraphs(*["{%p for a in b %}", "{%p endfor %}"] * 30), False),
    ],
)  # fmt: skip
def test_depth_and_length_are_bounded(body, is_refused):
    """Of XML, of brackets, of tags, of loops: one more than the most is too much."""
    assert bool(told(body)) == is_refused


@pytest.mark.parametrize(
    ("mode", "kind", "is_refused"),
    [("External", "image", True), ("Internal", "image", False), ("External", "hyperlink", False),
     ("Internal", "hyperlink", False)],
)  # fmt: skip
def test_only_what_is_fetched_by_itself_is_refused(mode, kind, is_refused):
    """A link is followed by people; in other members nothing is looked for."""
    data = relations(kind, mode)
    assert bool(find_package_problems(package({RELS: data}), "x")) == is_refused
    assert find_package_problems(package({"word/a.xml": data}), "x") == []


@pytest.mark.parametrize(("megabytes", "is_refused"), [(100, False), (101, True)])
def test_a_package_may_hold_a_hundred_megabytes(monkeypatch, megabytes, is_refused):
    """Over all its members; here a megabyte is one byte."""
    monkeypatch.setattr(template_limits, "MOST_EXPANDED_BYTES", 100)
    data = package({"a": bytes(60), "b": bytes(megabytes - 60)})
    assert any("展开后" in one.what for one in find_package_problems(data, "x")) == is_refused


@pytest.mark.parametrize(("packed", "is_refused"), [(5, False), (4, True), (0, True)])
def test_a_part_is_blown_up_when_it_is_packed_too_tightly(monkeypatch, packed, is_refused):
    """Two hundredfold is just allowed."""
    monkeypatch.setattr(template_limits, "_SMALLEST_COUNTED_BYTES", 999)
    member = zipfile.ZipInfo("a")
    member.file_size, member.compress_size = 1000, packed
    assert template_limits._is_blown_up(member) == is_refused
    member.file_size = 999
    assert not template_limits._is_blown_up(member)


def test_the_end_of_a_field_that_never_began_ends_none():
    """What follows is read all the same."""
    end = f"<w:p><w:r>{edge('end')}</w:r></w:p>"
    assert find_reaching_problems(document(end), "x") == []
    assert len(find_reaching_problems(document(end + field("DDE x")), "x")) == 1


def of_kind(relation: str, kind: str, body: str = f"<w:document {NAMES}/>") -> bytes:
    """A package whose body is said to be of a kind."""
    return package({
        "_rels/.rels": f'<Relationships><Relationship Id="a" Type="{relation}officeDocument" '
        'Target="word/document.xml"/></Relationships>'.encode(),
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
        ).encode(),
        "word/document.xml": body.encode(),
    })  # fmt: skip


OFFICE = "application/vnd.openxmlformats-officedocument."
WORD = f"{OFFICE}wordprocessingml.document.main+xml"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (of_kind(STRICT, WORD), "存成了“Strict Open XML”格式"),
        (of_kind(KINDS, f"{OFFICE}wordprocessingml.template.main+xml"), "是Word 模板（.dotx）"),
        (
            of_kind(KINDS, "application/vnd.ms-word.document.macroEnabled.main+xml"),
            "是带宏的 Word 文件",
        ),
        (of_kind(KINDS, f"{OFFICE}spreadsheetml.sheet.main+xml"), "是Excel 表格"),
        (of_kind(KINDS, WORD, NAMES.join(("<n:document ", "/>")).replace("xmlns:w", "xmlns:n")),
         "正文的写法不是 Word、WPS 的"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_called_what_it_is(data, told):
    """Each with what to choose when saving."""
    (problem,) = find_package_problems(data, "x.docx")
    assert told in str(problem)
    assert "另存" in problem.do


def test_a_word_file_is_of_the_right_kind():
    """A body that is damaged is said by who reads it."""
    assert find_package_problems(of_kind(KINDS, WORD), "x.docx") == []
    assert find_package_problems(of_kind(KINDS, WORD, "<w"), "x.docx") == []


def test_a_relation_that_leads_nowhere_is_named():
    """What reads the file would stumble over it."""
    told = relations("hyperlink").replace(b'Target="http://x.invalid/a" ', b"")
    (problem,) = find_package_problems(package({RELS: told, "word/document.xml": b"<a/>"}), "x")
    assert problem.what == f"{RELS} 里有一处链接没有写去处"
