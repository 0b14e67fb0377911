"""Files that nothing here reads.

Sounds, moving pictures, programs and parts of systems hold no words by their nature: they are
counted by kind and not told one by one. Files of foreign programs do, and are told.
"""

from pathlib import PurePosixPath

SOUND = "声音文件，没有文字可识别"
VIDEO = "视频文件，没有文字可识别"
PROGRAM = "程序或系统文件，没有文字可识别"
#: Reasons of files that are only counted.
ONLY_COUNTED = (SOUND, VIDEO, PROGRAM)
_STARTS = (
    (b"ID3", SOUND), (b"fLaC", SOUND), (b"OggS", SOUND), (b"#!AMR", SOUND), (b"MThd", SOUND),
    (b"\xff\xfb", SOUND), (b"\xff\xf3", SOUND), (b"\xff\xf2", SOUND), (b"\xff\xf1", SOUND),
    (b"#!SILK", SOUND), (b"\x02#!SILK", SOUND),
    (b"\x1aE\xdf\xa3", VIDEO), (b"FLV\x01", VIDEO), (b"\0\0\x01\xba", VIDEO),
    (b"\0\0\x01\xb3", VIDEO), (b".RMF", VIDEO),
    (b"MZ", PROGRAM), (b"\x7fELF", PROGRAM), (b"\xca\xfe\xba\xbe", PROGRAM),
    (b"\xcf\xfa\xed\xfe", PROGRAM), (b"\xce\xfa\xed\xfe", PROGRAM),
    (b"SQLite format 3\0", PROGRAM), (b"OTTO", PROGRAM), (b"\0\x01\0\0\0", PROGRAM),
    (b"wOFF", PROGRAM), (b"wOF2", PROGRAM), (b"!<arch>\n", PROGRAM),
    (b"L\0\0\0\x01\x14\x02\0", PROGRAM), (b"\0\0\x01\0", PROGRAM), (b"\0\0\x02\0", PROGRAM),
    (b"regf", PROGRAM), (b"PMCC", PROGRAM), (b"bplist0", PROGRAM), (b"MAM\x04", PROGRAM),
    (b"true\0", PROGRAM), (b"\x80\x01", PROGRAM), (b"RIFX", SOUND),
    (b"YUV4MPEG2 ", VIDEO), (b"\0asm", PROGRAM), (b"\0\0\0\1Bud1", PROGRAM),
)  # fmt: skip
_DATABASES = (b"Standard Jet DB", b"Standard ACE DB")
_DATABASE = "Access 数据库，读不了。请把其中的表导出为 Excel 后放回原处"
_DRAWING = "{} 图形，读不了。请另存为 PDF 或图片后放回原处"
_OF_CNKI = "CAJ 文献，读不了。请用 CAJViewer 打印成 PDF 后放回原处"
_MAILBOX = "{}，读不了。请把其中的邮件另存为 msg 或 eml 后放回原处"
_LAYOUT = "{}版式文件，读不了。请打印成 PDF 后放回原处"
_DISK = ("disk", "磁盘映像，打不开。请把其中的文件复制出来放回原处")
#: Of programs whose files tell by no first bytes what they are.
_BY_ENDING = (
    ((".ceb", ".cebx"), "ceb", _LAYOUT.format("方正 Apabi（CEB）")),
    ((".gd", ".gw", ".gwd", ".sep", ".s2"), "sep", _LAYOUT.format("书生（SEP、GD）")),
    ((".aip",), "aip", _LAYOUT.format("点聚（AIP）")),
    ((".caj", ".nh", ".kdh", ".teb", ".caa"), "caj", _OF_CNKI),
    ((".pdg",), "pdg", "超星图书（PDG），读不了。请转成 PDF 后放回原处"),
    ((".eio", ".eit", ".eis", ".eiw"), "yozo", "永中 Office 文稿，读不了。请另存为 PDF 后放回原处"),
    ((".dbf", ".dbc"), "dbf",
     "数据库表（DBF），损坏或是少见的版本，打不开。请用 Excel 打开后另存为 xlsx"),
    ((".mdf", ".ldf", ".ibd", ".dmp", ".myd", ".frm"), "database",
     "数据库文件，读不了。请把其中的表导出为 Excel 后放回原处"),
    ((".mpp", ".mpt"), "mpp", "Project 计划，读不了。请另存为 PDF 或 Excel 后放回原处"),
    ((".vhd", ".vhdx", ".vmdk", ".dmg", ".dd", ".ima"), *_DISK),
    ((".iso", ".img", ".nrg", ".mds"), "iso", "光盘映像，打不开。请把其中的文件复制出来放回原处"),
)  # fmt: skip
_SCRIPT = b"%!PS"
_BOOKS = (b"BOOKMOBI", b"TEXtREAd")
_BOOK = ("ebook", "电子书，读不了。请转成 PDF 或 epub 后放回原处")
#: What holds words, and is read by nothing here.
_TOLD = (
    (b"ITSF", ("chm", "CHM 电子书，读不了。请另存为 PDF 后放回原处")),
    (b"SNBP", _BOOK),
    (b"ITOLITLS", _BOOK),
    (b"`\xea", ("arj", "压缩包（ARJ），打不开。请解压后放回原处")),
    (_SCRIPT, ("ps", "PostScript 文件，读不了。请转成 PDF 后放回原处")),
    (b"\xc5\xd0\xd3\xc6", ("eps", "EPS 图，读不了。请转成 PDF 后放回原处")),
    (b"AT&TFORM", ("djvu", "DjVu 文件，读不了。请转成 PDF 后放回原处")),
    (b"8BPS", ("psd", "Photoshop 图，读不了。请另存为 PDF 或图片后放回原处")),
    (b"(DWF V", ("dwf", "CAD 图（DWF），读不了。请打印成 PDF 后放回原处")),
    (b"AC10", ("dwg", "CAD 图（DWG），读不了。请打印成 PDF 后放回原处")),
    (b"\xd7\xcd\xc6\x9a", ("wmf", _DRAWING.format("WMF"))),
    (b"!BDN", ("pst", _MAILBOX.format("Outlook 数据文件（PST）"))),
    (b"\xcf\xad\x12\xfe", ("dbx", _MAILBOX.format("Outlook Express 邮箱（DBX）"))),
    (b"EP*\0", ("mdi", "Office 文档图像（MDI），读不了。请另存为 TIFF 或 PDF 后放回原处")),
    (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", ("one", "OneNote 笔记，读不了。请导出为 PDF 后放回原处")),
    (b"PDN3", ("pdn", _DRAWING.format("Paint.NET"))),
    (b"conectix", _DISK),
    (b"QFI\xfb", _DISK),
    (b"KDMV", _DISK),
    (b"EVF\x09\x0d\x0a", _DISK),
    (b"CAJ", ("caj", _OF_CNKI)),
    (b"HN\0", ("caj", _OF_CNKI)),
    (b"KDH ", ("caj", _OF_CNKI)),
)  # fmt: skip
_ASF = b"\x30\x26\xb2\x75\x8e\x66\xcf\x11"
#: Amiga's own pictures begin so, too.
_FORMS = (b"AIFF", b"AIFC", b"8SVX", b"16SV")
_RIFF = {b"WAVE": SOUND, b"AVI ": VIDEO, b"RMID": SOUND}
_SOUND_BRANDS = (b"M4A ", b"M4B ")
_PICTURE_BRANDS = (b"avif", b"avis")
_SOUND_ENDINGS = frozenset({".wma", ".m4a", ".mp3", ".aac", ".amr"})
#: Parts of programs that tell by no first bytes what they are.
_ENDINGS = frozenset({
    ".cdx", ".ntx", ".mdx", ".dcx", ".icm", ".icc", ".esl", ".p12", ".pfx", ".jks",
    ".der", ".cer", ".crt", ".p7b", ".p7c", ".msi", ".msp",
    ".dll", ".exe", ".sys", ".ocx", ".pyc", ".pyd", ".so", ".class", ".o", ".obj", ".lib", ".pdb",
    ".cab", ".cat", ".mui", ".pak", ".idx", ".ldb", ".dbf-journal",
    ".iwa", ".nib", ".res", ".db-wal", ".db-shm", ".etl", ".evtx", ".bak~", ".fon", ".icl",
})  # fmt: skip


def why_no_words(head: bytes, name: str) -> str:
    """Why a file holds no words, from its first bytes and what it is called; else empty."""
    ending = PurePosixPath(name.lower()).suffix
    if head.startswith(_ASF):
        return SOUND if ending in _SOUND_ENDINGS else VIDEO
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], "")
    if head.startswith(b"FORM\0"):
        return SOUND if head[8:12] in _FORMS else ""
    if head[4:8] == b"ftyp":
        return SOUND if ending in _SOUND_ENDINGS else _of_brand(head[8:12])
    if head[4:8] in (b"moov", b"mdat", b"wide", b"free"):
        return VIDEO
    return next((why for start, why in _STARTS if head.startswith(start)), "")


def what_nothing_reads(head: bytes) -> tuple[str, str] | None:
    """The kind of a file that holds words and is read by nothing here, and what to do."""
    if head[4:19] in _DATABASES:
        return "database", _DATABASE
    if head[60:68] in _BOOKS:
        return _BOOK
    if head[128:132] == b"DICM":
        return "dicom", "医学影像（DICOM），读不了。请导出为图片或 PDF 后放回原处"
    if head[:4] == b"RIFF" and head[8:11] == b"CDR":
        return "cdr", _DRAWING.format("CorelDRAW")
    found = next(((start, told) for start, told in _TOLD if head.startswith(start)), None)
    # a text may begin with the same letters
    is_like_text = found is not None and found[0].isascii()
    may_be_text = found and is_like_text and found[0] != _SCRIPT and b"\0" not in head
    return found[1] if found and not may_be_text else None


def told_by_name(name: str) -> tuple[str, str] | None:
    """The kind of a file that nothing tells but its ending, and what to do."""
    ending = PurePosixPath(name.lower()).suffix
    return next(((kind, why) for endings, kind, why in _BY_ENDING if ending in endings), None)


def is_part_of_program(name: str) -> bool:
    """Whether a file that nothing knows is called like a part of a program."""
    return PurePosixPath(name.lower()).suffix in _ENDINGS


def _of_brand(brand: bytes) -> str:
    if brand in _SOUND_BRANDS:
        return SOUND
    return "" if brand in _PICTURE_BRANDS else VIDEO
