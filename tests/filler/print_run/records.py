"""Documents of one template that holds everything a Word file may hold, one a person."""

import io
import zipfile

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MICROSOFT = "http://schemas.microsoft.com/office/word"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    f' xmlns:r="{_OFFICE}"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    f' xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:a="{_DRAWING}/main"'
    f' xmlns:c="{_DRAWING}/chart"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    f' xmlns:wps="{_MICROSOFT}/2010/wordprocessingShape"'
    f' xmlns:wp14="{_MICROSOFT}/2010/wordprocessingDrawing"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
#: Parts of every record: name → kind of relation, content type, XML with {name} in it.
PARTS = {
    "styles": (
        "styles",
        "styles",
        '<w:styles {spaces}><w:style w:type="paragraph" w:default="1" w:styleId="a">'
        '<w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="list">'
        '<w:name w:val="list"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr>'
        '<w:ind w:left="420"/></w:pPr></w:style></w:styles>',
    ),
    "settings": (
        "settings",
        "settings",
        '<w:settings {spaces}><w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/>'
        '</w:footnotePr><w:endnotePr><w:endnote w:id="-1"/><w:endnote w:id="0"/></w:endnotePr>'
        "</w:settings>",
    ),
    "numbering": (
        "numbering",
        "numbering",
        "<w:numbering {spaces}>"
        + "".join(
            f'<w:abstractNum w:abstractNumId="{at}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
            for at in (0, 1)
        )
        + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>',
    ),
    "footnotes": (
        "footnotes",
        "footnotes",
        '<w:footnotes {spaces}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/>'
        '</w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r>'
        '<w:continuationSeparator/></w:r></w:p></w:footnote><w:footnote w:id="1"><w:p><w:r>'
        "<w:t>脚注{name}</w:t></w:r></w:p></w:footnote></w:footnotes>",
    ),
    "endnotes": (
        "endnotes",
        "endnotes",
        '<w:endnotes {spaces}><w:endnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/>'
        '</w:r></w:p></w:endnote><w:endnote w:type="continuationSeparator" w:id="0"><w:p><w:r>'
        '<w:continuationSeparator/></w:r></w:p></w:endnote><w:endnote w:id="1"><w:p><w:r>'
        "<w:t>尾注{name}</w:t></w:r></w:p></w:endnote></w:endnotes>",
    ),
    "comments": (
        "comments",
        "comments",
        '<w:comments {spaces}><w:comment w:id="0" w:author="测试" w:initials="测"><w:p'
        ' w14:paraId="00000001"><w:r><w:t>批注{name}</w:t></w:r></w:p></w:comment></w:comments>',
    ),
    "header1": ("header", "header",
        "<w:hdr {spaces}><w:p><w:r><w:t>页眉{name}</w:t></w:r></w:p></w:hdr>"),
    "charts/chart1": (
        "chart",
        "",
        "<c:chartSpace {spaces}><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r>"
        "<a:t>图表{name}</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:pieChart>"
        '<c:varyColors val="1"/></c:pieChart></c:plotArea></c:chart>'
        "</c:chartSpace>",
    ),
}  # fmt: skip
BODY = (
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>'
    '<w:bookmarkStart w:id="1" w:name="place"/><w:r><w:t>正文{name}</w:t></w:r>'
    '<w:bookmarkEnd w:id="1"/><w:r><w:footnoteReference w:id="1"/></w:r>'
    '<w:r><w:endnoteReference w:id="1"/></w:r></w:p>'
    '<w:p><w:pPr><w:pStyle w:val="list"/></w:pPr><w:permStart w:id="5" w:edGrp="everyone"/>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF pl</w:instrText></w:r>'
    '<w:r><w:instrText>ace \\h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    '<w:r><w:t>见</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:permEnd w:id="5"/>'
    '<w:hyperlink w:anchor="place"><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p>'
    '<w:p w14:paraId="00000009"><w:commentRangeStart w:id="0"/><w:r><w:t>有批注</w:t></w:r>'
    '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    '<w:fldSimple w:instr=" SEQ 表 \\* ARABIC "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'
    '<w:sdt><w:sdtPr><w:id w:val="77"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r>'
    "</w:p></w:sdtContent></w:sdt>"
    '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/>'
    f'<wp:docPr id="1" name="图"/><a:graphic><a:graphicData uri="{_DRAWING}/chart">'
    '<c:chart r:id="rIdchart"/></a:graphicData>'
    "</a:graphic></wp:inline></w:drawing></w:r></w:p>"
    '<w:p><w:r><w:pict><v:rect id="框" o:spid="_x0000_s1026" style="width:9pt;height:9pt"/>'
    "</w:pict></w:r></w:p>"
    '<w:p><w:pPr><w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:pPr></w:p>'
    "<w:p><w:r><w:t>第二节{name}</w:t></w:r></w:p>"
    '<w:sectPr><w:headerReference w:type="default" r:id="rIdheader"/>'
    '<w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
)


def record(name: str, body: str = BODY, **changed: str) -> bytes:
    """One person's document; parts may be changed by the ends of their kinds."""
    types = [
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
        '<Default Extension="xml" ContentType="application/xml"/>',
        _override("document", f"{_WORD}.document.main+xml"),
        _override("footer9", f"{_WORD}.footer+xml"),  # of a part that is not there
    ]
    relations, members = [], {}
    for part, (kind, content, xml) in PARTS.items():
        chart = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
        types.append(_override(part, f"{_WORD}.{content}+xml" if content else chart))
        relations.append(_relation(f"rId{kind}", kind, f"{part}.xml"))
        members[f"word/{part}.xml"] = _HEAD + _filled(changed.get(kind, xml), name)
    document = f"<w:document {{spaces}}><w:body>{body}</w:body></w:document>"
    members |= {
        "word/document.xml": _HEAD + _filled(document, name),
        "word/_rels/document.xml.rels": _relations(relations),
        "_rels/.rels": _relations([_relation("rId1", "officeDocument", "word/document.xml")]),
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/'
        f'2006/content-types">{"".join(types)}</Types>',
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for member, xml in members.items():
            archive.writestr(member, xml)
    return stream.getvalue()


def _filled(xml: str, name: str) -> str:
    return xml.replace("{spaces}", SPACES).replace("{name}", name)


def _override(part: str, content: str) -> str:
    return f'<Override PartName="/word/{part}.xml" ContentType="{content}"/>'


def _relation(number: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def _relations(found: list[str]) -> str:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{_HEAD}<Relationships xmlns="{space}">{"".join(found)}</Relationships>'
