"""Whatever bears a number or a name in a Word file, in pieces; and who bears another's."""

import io
import re
import zipfile
from collections import Counter

from lxml import etree

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_MICROSOFT = "http://schemas.microsoft.com/office/word"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = f"{{{_MICROSOFT}/2010/wordml}}"
_WP = f"{{{_DRAWING}/wordprocessingDrawing}}"
_WP14 = f"{{{_MICROSOFT}/2010/wordprocessingDrawing}}"
_WPS = f"{{{_MICROSOFT}/2010/wordprocessingShape}}"
_VML, _OFFICE = "{urn:schemas-microsoft-com:vml}", "{urn:schemas-microsoft-com:office:office}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline'
    ' wp14:anchorId="000000{k}{n}" wp14:editId="000000{k}{n}"><wp:extent cx="9" cy="9"/>'
    '<wp:docPr id="{k}{n}" name="框"/><a:graphic><a:graphicData'
    f' uri="{_MICROSOFT}/2010/wordprocessingShape"><wps:wsp>{{inner}}</wps:wsp></a:graphicData>'
    "</a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict"
    ' w14:anchorId="000000{k}{n}"><v:shapetype id="_x0000_t{k}0{n}"/><v:shape id="框 {k}{n}"'
    ' type="#_x0000_t{k}0{n}"><v:textbox><w:txbxContent>{para}</w:txbxContent></v:textbox>'
    "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
_TEXT = (
    '<w:p w14:paraId="0000B00{n}" w14:textId="0000C00{n}"><w:bookmarkStart w:id="6{n}"'
    ' w:name="框内{n}"/><w:r><w:t>字</w:t></w:r><w:bookmarkEnd w:id="6{n}"/></w:p>'
)


def _box(kind: str, inner: str, text: str) -> str:
    """A text box for new programs, and once more for old ones."""
    return _BOX.replace("{inner}", inner).replace("{para}", text).replace("{k}", kind)


_STORY = '<wps:txbx id="{n}"><w:txbxContent>{para}</w:txbxContent></wps:txbx>'
#: What stands in a paragraph; {n} is a digit.
PIECES = {
    "picture": '<w:r><w:drawing><wp:inline><wp:docPr id="{n}" name="图"/></wp:inline></w:drawing>'
    "</w:r>",
    "text box": _box("2", _STORY, _TEXT),
    "next box": _box("3", '<wps:linkedTxbx id="{n}" seq="1"/>', "<w:p/>"),
    "old shape": '<w:r><w:pict w14:anchorId="0000001{n}"><v:shapetype id="_x0000_t7{n}"/>'
    '<v:shape id="_x0000_s102{n}" o:spid="_x0000_s102{n}" type="#_x0000_t7{n}"'
    ' style="width:9pt;mso-next-textbox:#线{n}"/><v:rect id="线{n}"/><o:rules>'
    '<o:r id="规{n}" idref="#_x0000_s102{n}"/></o:rules></w:pict></w:r>',
    "control": '<w:sdt><w:sdtPr><w:id w:val="{n}"/></w:sdtPr><w:sdtContent><w:r><w:t>控</w:t>'
    "</w:r></w:sdtContent></w:sdt>",
    "bookmark": '<w:bookmarkStart w:id="{n}" w:name="place{n}"/><w:r><w:t>处</w:t></w:r>'
    '<w:bookmarkEnd w:id="{n}"/><w:hyperlink w:anchor="place{n}"><w:r><w:t>见</w:t></w:r>'
    "</w:hyperlink>",
    "range": '<w:permStart w:id="{n}" w:edGrp="everyone"/><w:r><w:t>改</w:t></w:r>'
    '<w:permEnd w:id="{n}"/>',
    "change": '<w:ins w:id="{n}" w:author="测试"><w:r><w:rPr><w:b/><w:rPrChange w:id="4{n}"'
    ' w:author="测试"><w:rPr/></w:rPrChange></w:rPr><w:t>增</w:t></w:r></w:ins>',
    "move": '<w:moveFromRangeStart w:id="2{n}" w:name="move{n}" w:author="测试"/><w:moveFrom'
    ' w:id="3{n}" w:author="测试"><w:r><w:t>走</w:t></w:r></w:moveFrom><w:moveFromRangeEnd'
    ' w:id="2{n}"/><w:moveToRangeStart w:id="5{n}" w:name="move{n}" w:author="测试"/>'
    '<w:moveTo w:id="7{n}" w:author="测试"><w:r><w:t>来</w:t></w:r></w:moveTo>'
    '<w:moveToRangeEnd w:id="5{n}"/>',
    "custom change": '<w:customXmlInsRangeStart w:id="8{n}" w:author="测试"/>'
    '<w:customXmlInsRangeEnd w:id="8{n}"/>',
}
#: What must differ in the whole file, by the kind of thing that is numbered.
_WHOLE = {
    f"{_WP}docPr": ("drawing", ("id",)),
    f"{_W}bookmarkStart": ("bookmark", (f"{_W}id", f"{_W}name")),
    f"{_W}permStart": ("range", (f"{_W}id",)),
    f"{_W}moveFromRangeStart": ("moved from", (f"{_W}id", f"{_W}name")),
    f"{_W}moveToRangeStart": ("moved to", (f"{_W}id", f"{_W}name")),
    f"{_W}customXmlInsRangeStart": ("range of changes", (f"{_W}id",)),
    f"{_W}commentReference": ("comment", (f"{_W}id",)),
    f"{_WPS}txbx": ("story", ("id",)),
    f"{_VML}shapetype": ("kind of shape", ("id",)),
    **dict.fromkeys(
        (_W + name for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange")),
        ("change", (f"{_W}id",)),
    ),
    **dict.fromkeys((_W + name for name in ("p", "tr")), ("paragraph", (f"{_W14}paraId",))),
    **dict.fromkeys(
        (_WP + name for name in ("inline", "anchor")), ("place", (f"{_WP14}anchorId",))
    ),
    **dict.fromkeys((_W + name for name in ("pict", "object")), ("place", (f"{_W14}anchorId",))),
}
_STORIES = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
_REFERENCES = ("type", "idref")


def stories(docx: bytes) -> list[etree._Element]:
    """The parts that hold text."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        names = [name for name in archive.namelist() if _STORIES.fullmatch(name)]
        return [etree.fromstring(archive.read(name)) for name in names]


def twins(docx: bytes) -> list[str]:
    """What two things of a file bear; copies for old programs are held against each other."""
    seen: Counter[str] = Counter()
    for root in stories(docx):
        for element in root.iter(etree.Element):
            is_copy = next(element.iterancestors(_FALLBACK), None) is not None
            seen.update(f"{is_copy}: {name}" for name in _borne(element))
    return [name for name, count in seen.items() if count > 1]


def _borne(element: etree._Element) -> list[str]:
    kind, names = _WHOLE.get(element.tag, ("", ()))
    found = [f"{kind} {name} {element.get(name)}" for name in names if element.get(name)]
    if element.tag == f"{_W}sdtPr" and element.find(f"{_W}id") is not None:
        found.append(f"control {element.find(f'{_W}id').get(f'{_W}val')}")
    if element.tag.startswith((_VML, _OFFICE)) and not kind:
        found += [
            f"shape {name} {element.get(name)}"
            for name in ("id", f"{_OFFICE}spid")
            if element.get(name)
        ]
    return found


def lost_references(docx: bytes) -> list[str]:
    """What speaks of something that is not in its part."""
    return [one for root in stories(docx) for one in _lost(root)]


def _lost(root: etree._Element) -> list[str]:
    elements = list(root.iter(etree.Element))
    shapes = {one.get("id") for one in elements if one.tag.startswith((_VML, _OFFICE))}
    marks = {one.get(f"{_W}name") for one in elements if one.tag == f"{_W}bookmarkStart"}
    stories_begun = {one.get("id") for one in elements if one.tag == f"{_WPS}txbx"}
    lost = []
    for one in elements:
        lost += [one.get(key) for key in _REFERENCES if one.get(key, "#")[1:] not in {"", *shapes}]
        lost += [
            name
            for name in re.findall("textbox:#([^;]+)", one.get("style", ""))
            if name not in shapes
        ]
        anchor = one.get(f"{_W}anchor")
        lost += [anchor] if anchor and anchor not in marks else []
        if one.tag == f"{_WPS}linkedTxbx" and one.get("id") not in stories_begun:
            lost.append(one.get("id"))
        if one.tag.startswith(_W) and one.tag.endswith("Start"):
            ends = [e.get(f"{_W}id") for e in root.iter(f"{one.tag.removesuffix('Start')}End")]
            lost += [] if one.get(f"{_W}id") in ends else [f"{one.tag} {one.get(f'{_W}id')}"]
    return lost
