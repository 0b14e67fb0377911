"""Documents with a known word in every place that their format knows."""

import io
import zipfile
from email.message import EmailMessage

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from PIL import Image

from tests.archive_indexer.extract.made.made_files import zip_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = (
    f'xmlns:w="{W}" xmlns:a="{A}" xmlns:r="{R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
SEEN = "图中之字"  #: what the reader of pictures says in these tests


_NO_FILE, _LAID_IN = b"\x01\0\x02", "嵌入之字".encode()


def picture(side: int = 700) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (side, side), "white").save(stream, "PNG")
    return stream.getvalue()


def relations(*targets: tuple[str, str]) -> bytes:
    """The references of a part: kind and target of each."""
    lines = "".join(
        f'<Relationship Id="rId{at}" Type="{R}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, start=1)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{lines}</Relationships>'.encode()


def p(words: str, inside: str = "") -> str:
    return f"<w:p>{inside}<w:r><w:t>{words}</w:t></w:r></w:p>"


#: Places of a Word body: what is written, and the word that must be found.
_BODY = {
    "正文段落": p("正文段落"),
    "表中格子": f"<w:tbl><w:tr><w:tc>{p('表中格子')}</w:tc></w:tr></w:tbl>",
    "套表格子": f"<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>{p('套表格子')}</w:tc></w:tr></w:tbl>"
    "<w:p/></w:tc></w:tr></w:tbl>",
    "块级控件": f"<w:sdt><w:sdtContent>{p('块级控件')}</w:sdtContent></w:sdt>",
    "行内控件": "<w:p><w:sdt><w:sdtContent><w:r><w:t>行内控件</w:t></w:r></w:sdtContent></w:sdt></w:p>",
    "行控件字": f"<w:tbl><w:sdt><w:sdtContent><w:tr><w:tc>{p('行控件字')}</w:tc></w:tr>"
    "</w:sdtContent></w:sdt></w:tbl>",
    "格控件字": f"<w:tbl><w:tr><w:sdt><w:sdtContent><w:tc>{p('格控件字')}</w:tc></w:sdtContent>"
    "</w:sdt></w:tr></w:tbl>",
    "修订插入": "<w:p><w:ins><w:r><w:t>修订插入</w:t></w:r></w:ins></w:p>",
    "移入之处": "<w:p><w:moveTo><w:r><w:t>移入之处</w:t></w:r></w:moveTo></w:p>",
    "文本框甲": "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
    f"<w:txbxContent>{p('文本框甲')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
    f"<mc:Fallback><w:pict><w:txbxContent>{p('文本框甲')}</w:txbxContent></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r></w:p>",
    "旧式框字": "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
    f"{p('旧式框字')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>",
    "艺术字样": "<w:p><w:r><w:pict><v:textpath string='艺术字样'/></w:pict></w:r></w:p>",
    "域的结果": "<w:p><w:fldSimple w:instr='X'><w:r><w:t>域的结果</w:t></w:r></w:fldSimple></w:p>",
    "旧式下拉": "<w:p><w:r><w:fldChar><w:ffData><w:ddList><w:result w:val='1'/><w:listEntry "
    "w:val='别的'/><w:listEntry w:val='旧式下拉'/></w:ddList></w:ffData></w:fldChar></w:r></w:p>",
    "链接之字": "<w:p><w:hyperlink><w:r><w:t>链接之字</w:t></w:r></w:hyperlink></w:p>",
    "公式文字": "<w:p><m:oMath><m:r><m:t>公式文字</m:t></m:r></m:oMath></w:p>",
    "段外公式": "<m:oMathPara><m:oMath><m:r><m:t>段外公式</m:t></m:r></m:oMath></m:oMathPara>",
    "注音之字": "<w:p><w:r><w:ruby><w:rt><w:r><w:t>音</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>注音</w:t>"
    "</w:r></w:rubyBase></w:ruby></w:r><w:r><w:t>之字</w:t></w:r></w:p>",
    "表格说明": "<w:tbl><w:tblPr><w:tblCaption w:val='表格说明'/></w:tblPr></w:tbl>",
    "图片说明": "<w:p><w:r><w:drawing><wp:docPr id='1' name='x' descr='图片说明'/></w:drawing></w:r></w:p>",
    "隐藏文字": "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏文字</w:t></w:r></w:p>",
}  # fmt: skip
_STRUCK = (
    "<w:p><w:del><w:r><w:delText>删去的字</w:delText></w:r></w:del></w:p>"
    "<w:p><w:moveFrom><w:r><w:t>移走的字</w:t></w:r></w:moveFrom></w:p>"
    "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>删去的行</w:t></w:r></w:p></w:tc>"
    "</w:tr></w:tbl>"
)
_CHART = (
    f"<c:chartSpace {_SPACES}><c:chart><c:title><a:p><a:r><a:t>图表标题</a:t></a:r></a:p></c:title>"
    "<c:ser><c:tx><c:v>图表系列</c:v></c:tx></c:ser></c:chart></c:chartSpace>"
)
_BOXES = f"<c:userShapes {_SPACES}><a:p><a:r><a:t>图上之框</a:t></a:r></a:p></c:userShapes>"
_OVER_CHART = ("chartUserShapes", "boxes.xml")  #: of a part beside the chart
_DIAGRAM = f"<x {_SPACES}><a:p><a:r><a:t>图示之字</a:t></a:r></a:p></x>"


def word() -> tuple[bytes, list[str], list[str]]:
    """A document, the words to be found, and those that were struck out."""
    body = f"<w:document {_SPACES}><w:body>{''.join(_BODY.values())}{_STRUCK}</w:body></w:document>"
    beside = {
        "header1": ("首页页眉", "hdr"), "header2": ("偶页页眉", "hdr"), "footer3": ("页脚之字", "ftr"),
        "footnotes": ("脚注之字", "footnotes"), "endnotes": ("尾注之字", "endnotes"),
    }  # fmt: skip
    parts = [
        (f"word/{name}.xml", f"<w:{root} {_SPACES}>{p(words)}</w:{root}>".encode())
        for name, (words, root) in beside.items()
    ]
    remark = f"<w:comments {_SPACES}><w:comment w:author='批注作者'>{p('批注之字')}</w:comment></w:comments>"
    package = zip_of(
        ("word/document.xml", body.encode()), *parts, ("word/comments.xml", remark.encode()),
        ("word/_rels/document.xml.rels", relations(
            ("chart", "charts/chart1.xml"), ("diagramData", "diagrams/data1.xml"),
            ("package", "embeddings/a.xlsx"), ("package", "embeddings/b.txt"), ("header", "/heads/any.xml"),
        )),
        ("heads/any.xml", f"<w:hdr {_SPACES}>{p('随意之名')}</w:hdr>".encode()),
        ("word/charts/chart1.xml", _CHART.encode()),
        ("word/charts/_rels/chart1.xml.rels", relations(_OVER_CHART)),
        ("word/charts/boxes.xml", _BOXES.encode()),
        ("word/diagrams/data1.xml", _DIAGRAM.encode()),
        ("word/embeddings/a.xlsx", _NO_FILE), ("word/embeddings/b.txt", _LAID_IN), ("word/media/image1.png", picture()),
        ("word/media/image2.emf", b"x"),
    )  # fmt: skip
    told = [words for words, _ in beside.values()]
    more = [
        "批注之字", "批注作者", "图表标题", "图表系列", "图示之字", "图上之框", "随意之名", "嵌入之字", SEEN,
    ]  # fmt: skip
    return package, [*_BODY, *told, *more], ["删去的字", "移走的字", "删去的行"]


def workbook() -> tuple[bytes, list[str], list[str]]:
    """A workbook, and the words to be found."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "工作表名"
    sheet.append(["格中之字", 5])
    sheet.append(["隐藏行字", 6])
    sheet["A1"].comment = Comment("批注之字", "x")
    sheet.row_dimensions[2].hidden = True
    checked = DataValidation(
        "list", formula1='"选项之字,别的"', prompt="提示之字", error="错误提示"
    )
    checked.add("C3")
    sheet.add_data_validation(checked)
    sheet["A1"].hyperlink = Hyperlink("A1", location="A2", tooltip="链接提示")
    sheet.oddHeader.center.text = "页眉之字"
    sheet.evenFooter.left.text = "偶页页脚"
    chart = BarChart()
    chart.title = "图表标题"
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=2))
    sheet.add_chart(chart)
    hidden = book.create_sheet("隐藏表名")
    hidden.append(["隐藏表字"])
    hidden.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    drawn = (
        f'<xdr:wsDr xmlns:xdr="http://x" {_SPACES}><xdr:sp><xdr:txBody><a:p><a:r><a:t>文本框字</a:t>'
        "</a:r></a:p></xdr:txBody></xdr:sp></xdr:wsDr>"
    )
    added = _with_members(
        stream.getvalue(),
        {
            "xl/worksheets/_rels/sheet2.xml.rels": relations(
                ("drawing", "../drawings/d9.xml"), ("slicer", "../slicers/s.xml"),
            ),
            "xl/slicers/s.xml": "<slicers><slicer caption='切片之题'/></slicers>".encode(),
            "xl/drawings/_rels/d9.xml.rels": relations(("chart", "../charts/c9.xml")),
            "xl/charts/c9.xml": b"<x/>",
            "xl/charts/_rels/c9.xml.rels": relations(_OVER_CHART),
            "xl/charts/boxes.xml": _BOXES.encode(),
            "xl/drawings/d9.xml": drawn.encode(), "xl/media/image9.png": picture(),
            "xl/embeddings/a.bin": _NO_FILE, "xl/embeddings/b.txt": _LAID_IN,
        },
    )  # fmt: skip
    return added, [
        "工作表名", "格中之字", "隐藏行字", "批注之字", "页眉之字", "偶页页脚", "图表标题", "隐藏表名",
        "隐藏表字", "选项之字", "提示之字", "错误提示", "链接提示", "图上之框", "切片之题", "（隐藏的工作表）", "含隐藏的行 1 行", "文本框字", "嵌入之字", SEEN,
    ], []  # fmt: skip


def slides() -> tuple[bytes, list[str], list[str]]:
    """Slides, and the words to be found."""

    def shape(words: str, more: str = "") -> str:
        return f"<p:sp>{more}<p:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>"

    def part(content: str, root: str = "sld") -> bytes:
        return f"<p:{root} {_SPACES}>{content}</p:{root}>".encode()

    table = "<a:tbl><a:tr><a:tc><a:p><a:r><a:t>表中格子</a:t></a:r></a:p></a:tc></a:tr></a:tbl>"
    prompt = "<p:nvSpPr><p:nvPr><p:ph/></p:nvPr></p:nvSpPr>"
    head = "<p:nvSpPr><p:nvPr><p:ph type='hdr'/></p:nvPr></p:nvSpPr>"
    numbered = "<a:pPr><a:buAutoNum type='ea1ChsPeriod'/></a:pPr><a:r><a:t>编号之字</a:t></a:r>"
    listed = f"<p:sp><p:txBody><a:p>{numbered}</a:p></p:txBody></p:sp>"
    described = "<p:pic><p:nvPicPr><p:cNvPr id='1' name='x' descr='610927'/></p:nvPicPr></p:pic>"
    package = zip_of(
        ("ppt/presentation.xml", b"<x/>"),
        ("ppt/_rels/presentation.xml.rels", relations(("slide", "/other/any.xml"))),
        ("other/any.xml", part(shape("随意之名"))),
        ("ppt/slides/slide1.xml", part(shape("幻灯片字") + table + listed + described)),
        ("ppt/slides/slide2.xml", part(shape("第二张字")).replace(b"<p:sld ", b"<p:sld show='0' ")),
        ("ppt/slides/_rels/slide1.xml.rels", relations(
            ("notesSlide", "../notesSlides/n1.xml"), ("chart", "../charts/c1.xml"),
            ("diagramData", "../diagrams/d1.xml"), ("comments", "../comments/k1.xml"),
        )),
        ("ppt/notesSlides/n1.xml", part(shape("备注之字"), "notes")),
        ("ppt/charts/c1.xml", _CHART.encode()),
        ("ppt/charts/_rels/c1.xml.rels", relations(_OVER_CHART)),
        ("ppt/charts/boxes.xml", _BOXES.encode()), ("ppt/diagrams/d1.xml", _DIAGRAM.encode()),
        ("ppt/comments/k1.xml", part(
            "<p:cm authorId='7'><p:text>批注之字</p:text></p:cm>", "cmLst"
        )),
        ("ppt/commentAuthors.xml", part("<p:cmAuthor id='7' name='批注作者'/>", "cmAuthorLst")),
        ("ppt/slideMasters/m1.xml", part(
            shape("母版之字") + shape("占位提示", prompt)
            + f"<p:graphicFrame>{table.replace('表中格子', '母版表字')}</p:graphicFrame>"
        )),
        ("ppt/handoutMasters/h1.xml", part(shape("讲义页眉", head))),
        ("ppt/media/a.png", picture()), ("ppt/media/a.mp4", b"x"), ("ppt/embeddings/a.bin", _NO_FILE),
        ("ppt/embeddings/b.txt", _LAID_IN),
    )  # fmt: skip
    return package, [
        "幻灯片字", "表中格子", "第二张字", "（隐藏的幻灯片）", "备注之字", "图表标题", "图表系列", "图示之字",
        "批注（批注作者）：批注之字", "母版之字", "母版表字", "讲义页眉", "一. 编号之字", "图：610927",
        "图上之框", "随意之名", "嵌入之字", SEEN,
    ], ["占位提示"]  # fmt: skip


_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_ODF_SPACES = (
    "".join(
        f'xmlns:{name}="{_ODF}{name}:1.0" ' for name in ("office", "text", "table", "style", "form")
    )
    + 'xmlns:xlink="http://www.w3.org/1999/xlink" '
    + f'xmlns:draw="{_ODF}drawing:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:svg="{_ODF}svg:1.0"'
)


def open_text() -> tuple[bytes, list[str], list[str]]:
    """An OpenDocument text, and the words to be found."""
    content = (
        f"<office:document-content {_ODF_SPACES}><office:body><office:text>"
        "<text:p>行<draw:rect><text:p>矩形之字</text:p></draw:rect>中之字<text:hidden-text "
        "text:string-value='隐藏之字'/></text:p><text:p><text:ruby><text:ruby-base>注音</text:ruby-base>"
        "<text:ruby-text>音</text:ruby-text></text:ruby>之字</text:p><text:p><draw:object><m>式中之字</m>"
        "</draw:object><draw:object-ole/><draw:plugin/><draw:image xlink:href='../a.png'/></text:p>"
        "<table:table><table:desc>表格说明</table:desc></table:table>"
        "<text:tracked-changes><text:p>删去的字</text:p></text:tracked-changes>"
        "<office:forms><form:form><form:text form:current-value='表单之字'/></form:form></office:forms>"
        "<text:p>段落<office:annotation><dc:creator>某人</dc:creator><text:p>批注之字</text:p>"
        "</office:annotation>之字<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>脚注之字</text:p></text:note-body></text:note></text:p>"
        "<text:p><draw:frame><draw:text-box><text:p>文本框字</text:p></draw:text-box>"
        "<svg:desc>图片说明</svg:desc></draw:frame></text:p><text:section><text:p>分节之字</text:p>"
        "</text:section><text:list><text:list-item><text:p>列表之字</text:p></text:list-item>"
        "</text:list><table:table><table:table-row><table:table-cell><text:p>格中之字</text:p>"
        "</table:table-cell></table:table-row></table:table></office:text></office:body>"
        "</office:document-content>"
    )
    styles = (
        f"<office:document-styles {_ODF_SPACES}><office:master-styles><style:master-page>"
        "<style:header><text:p>页眉之字</text:p></style:header><style:footer-first>"
        "<text:p>首页页脚</text:p></style:footer-first></style:master-page></office:master-styles>"
        "</office:document-styles>"
    )
    chart = (
        f"<office:document-content {_ODF_SPACES}><office:body><text:p>图表之字</text:p>"
        "</office:body></office:document-content>"
    )
    package = zip_of(
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.encode()), ("styles.xml", styles.encode()),
        ("Object 1/content.xml", chart.encode()), ("Pictures/a.png", picture()),
    )  # fmt: skip
    return package, [
        "段落之字", "批注：批注之字", "脚注之字", "文本框字", "图片说明", "分节之字", "列表之字", "格中之字",
        "页眉之字", "首页页脚", "图表之字", "表单之字", "行中之字", "矩形之字", "隐藏之字", "注音之字",
        "式中之字", "表格说明", SEEN,
    ], ["删去的字"]  # fmt: skip


def mail() -> tuple[bytes, list[str], list[str]]:
    """A mail with a picture in its letter, another mail, and a file; and the words to be found."""
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = (
        "主题之字",
        "发件人 <a@example.org>",
        "b@c.org",
    )
    letter["Cc"] = "抄送之人 <d@example.org>"
    letter.set_content("纯文之字")
    letter.add_alternative("<p>纯文之字</p><p>网页之字</p><img src='cid:x'>", subtype="html")
    letter.get_payload()[1].add_related(picture(), "image", "png", cid="<x>")
    inner = EmailMessage()
    inner["Subject"], inner["From"], inner["MIME-Version"] = "内层主题", "e@example.org", "1.0"
    inner.set_content("内层之字")
    letter.add_attachment(inner)
    letter.add_attachment("附件之字".encode(), maintype="text", subtype="plain", filename="a.txt")
    letter.add_attachment(b"\0\1", maintype="video", subtype="mp4", filename="a.bin")
    return letter.as_bytes(), [
        "主题之字", "抄送之人", "纯文之字", "网页之字", "内层主题", "内层之字", "附件之字", SEEN,
    ], []  # fmt: skip


def layout() -> tuple[bytes, list[str], list[str]]:
    """An OFD whose references differ in case from its members, and the words to be found."""
    space = 'xmlns="http://www.ofdspec.org/2016"'

    def written(words: str, top: int) -> str:
        return f'<TextObject Boundary="20 {top} 60 5"><TextCode>{words}</TextCode></TextObject>'

    def part(content: str, root: str = "Page") -> bytes:
        return f"<{root} {space}>{content}</{root}>".encode()

    document = (
        "<CommonData><PageArea><PhysicalBox>0 0 200 200</PhysicalBox></PageArea>"
        "<DocumentRes>documentres.xml</DocumentRes>"
        "<PublicRes>shown.xml</PublicRes>"
        '<TemplatePage ID="5" BaseLoc="Tpls/t.xml"/></CommonData>'
        '<Pages><Page ID="1" BaseLoc="pages/p.xml"/></Pages><Annotations>Annots/a.xml</Annotations>'
        "<Attachments>x.xml</Attachments><Outlines><OutlineElem Title='大纲之字'/></Outlines>"
    )
    page = (
        f'<Template TemplateID="5"/><Content>{written("正文之字", 20)}'
        '<CompositeObject ResourceID="9" Boundary="20 70 60 10"/>'
        '<ImageObject ResourceID="7" Boundary="0 100 200 100"/>'
        '<ImageObject ResourceID="8" Boundary="0 100 10 10"/></Content>'
    )
    resources = (
        '<MultiMedias><MultiMedia ID="7"><MediaFile>SCAN.png</MediaFile></MultiMedia>'
        '<MultiMedia ID="8"><MediaFile>gone.png</MediaFile></MultiMedia></MultiMedias>'
    )
    package = zip_of(
        ("OFD.xml", part("<DocBody><DocRoot>DOC_0/Document.xml</DocRoot></DocBody>", "OFD")),
        ("Doc_0/Document.xml", part(document, "Document")), ("Doc_0/Pages/P.xml", part(page)),
        ("Doc_0/Shown.xml", part(
            '<CompositeGraphicUnit ID="9" Width="60" Height="10">'
            f"<Content>{written('复合之字', 0)}</Content></CompositeGraphicUnit>", "Res"
        )),
        ("Doc_0/DocumentRes.xml", part(resources, "Res")), ("Doc_0/scan.PNG", picture()),
        ("Doc_0/Tpls/t.xml", part(f"<Content>{written('模板之字', 40)}</Content>")),
        ("Doc_0/Annots/a.xml", part('<Page PageID="1"><FileLoc>p1.xml</FileLoc></Page>', "A")),
        ("Doc_0/Annots/p1.xml", part(
            f"<Annot><Remark>备注之字</Remark>{written('批注之字', 60)}</Annot>", "PageAnnot"
        )),
        ("Doc_0/Signs/Sign_0/Seal.esl", b"\x30\x20\x0c\x15" + "镇坪县民政局".encode() + b"xyz"),
    )  # fmt: skip
    return package, [
        "正文之字", "模板之字", "批注之字", "镇坪县民政局", "复合之字", "大纲：大纲之字",
        "批注：备注之字", SEEN,
    ], []  # fmt: skip


def _with_members(package: bytes, members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO(package)
    with zipfile.ZipFile(stream, "a") as opened:
        for name, content in members.items():
            opened.writestr(name, content)
    return stream.getvalue()
