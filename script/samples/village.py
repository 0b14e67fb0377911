"""Every file of the sample village: how it is made, what it shows, what finds it."""

import io
import tempfile
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import openpyxl
import pypdf
from PIL import Image

from minzheng.external.drawn_seals import stamp
from minzheng.external.libreoffice import require_libreoffice
from minzheng.external.run_program import run_program
from script.samples.aging import DPI, as_photo, as_scan
from script.samples.papers import ANSWERS, as_pdf, filled, letter, pages, picture_file

VILLAGE = "钟宝镇/旧城村/"
CASE = "DB-103200-2018-0001"


@dataclass(frozen=True, slots=True)
class Sample:
    """One file: its path, its bytes, what it shows, words that find it, or why it cannot be read."""

    path: str
    make: Callable[[], bytes]
    shows: str
    words: str = ""
    reason: str = ""


@cache
def _application() -> bytes:
    first, second = pages(filled("DB-01", CASE))
    return picture_file(
        [as_scan(first, 1, 0.5), as_scan(stamp(second, (0.72, 0.86)), 2, -0.4)], "pdf"
    )


def _decision() -> bytes:
    first, second = pages(filled("DB-02", CASE))
    for height in (0.185, 0.325, 0.465):
        second = stamp(second, (0.8, height))
    return picture_file([as_scan(first, 3, -0.7), as_scan(second, 4, 0.3)], "tif")


def _survey(number: int) -> bytes:
    return picture_file([as_photo(pages(filled("COM-03", CASE))[number], 10 + number)], "jpg")


def _sideways_survey() -> bytes:
    """The camera was held upright: the picture lies on its side, its EXIF says so."""
    photo = as_photo(pages(filled("COM-03", CASE))[2], 12).rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6
    stream = io.BytesIO()
    photo.save(stream, "JPEG", quality=55, exif=exif)
    return stream.getvalue()


def _blank_back() -> bytes:
    paper = Image.new("RGB", (round(8.27 * DPI), round(11.69 * DPI)), "white")
    return picture_file([as_scan(paper, 20, 0)], "jpg")


def _roster() -> bytes:
    """A landscape list fed in sideways: one page turned by 90°, one upside down."""
    first, second = pages(filled("DB-03", "DB-103200-2018-0009"))
    turned = as_scan(first, 5, 0.2).rotate(90, expand=True)
    return picture_file([turned, as_scan(stamp(second, (0.2, 0.45)), 6, 0.3).rotate(180)], "pdf")


def _notice() -> bytes:
    page = pages(filled("GS-01", "GS-103200-2018-0001"))[0]
    smaller = stamp(page.resize((page.width * 7 // 10, page.height * 7 // 10)), (0.3, 0.82))
    return picture_file([as_photo(smaller, 7)], "jpg")


def _scanned_letter(seed: int, kind: str, title: str, *lines: str) -> bytes:
    page = stamp(pages(letter(title, *lines))[0], (0.7, 0.5))
    return picture_file([as_scan(page, seed, 0.4 if seed % 2 else -0.5)], kind)


def _table(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    if sheet is None:
        raise ValueError("a new workbook has a sheet")
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@cache
def _as_xls(xlsx: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "table.xlsx"
        file.write_bytes(xlsx)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [require_libreoffice(), profile, "--headless", "--convert-to", "xls"]
        run_program([*command, "--outdir", folder, str(file)], 120)
        return (Path(folder) / "table.xls").read_bytes()


def _names() -> list[list[object]]:
    roster = tomllib.loads((ANSWERS / "DB-03.toml").read_text(encoding="utf-8"))
    rows: list[list[object]] = [
        ["旧城村低保户名单"],
        ["序号", "户主", "身份证号", "人数", "月金额"],
    ]
    for number, row in enumerate(roster["rows"], start=1):
        rows.append([number, row["head"], row["id_no"], row["insured"], float(row["month_amount"])])
    return rows


def _encrypted() -> bytes:
    writer = pypdf.PdfWriter()
    writer.append(io.BytesIO(as_pdf(letter("测试秘密", "这份文件加了密码。"))))
    writer.encrypt("样章密码", algorithm="AES-256")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _broken() -> bytes:
    whole = as_pdf(letter("测试破损", "这份文件只复制了一半。"))
    return whole[: len(whole) // 3]


def _half_copied() -> bytes:
    whole = _survey(0)
    return whole[: len(whole) // 2]


def _text(text: str, encoding: str) -> Callable[[], bytes]:
    return lambda: text.encode(encoding)


MINUTES = """旧城村低保民主评议会议记录
时间:2018年4月12日上午9时  地点:旧城村村委会会议室
主持人:测试陈国安(钟宝镇民政办)  记录人:测试赵明
应到21人,实到19人。
评议对象:三组 测试周桂兰,家庭人口2人,致困原因:因病。
表决结果:同意18票,反对0票,弃权1票,评议通过。
参会人员签名附后。
"""
TRADITIONAL = """鎮坪縣鍾寶鎮舊城村關（guān）於開（kāi）展農（nóng）村低保年度覈查的通知
各村民小組:
為（wèi）做好2018年度農村最低生活保障複（fù）核工作,定於6月開展入戶調（diào）查。
請低保對（duì）象備齊戶口簿、身份證、殘疾證。聯系人:測試陳國安
"""
NOTE = """临时救助发放说明(2019年)
三组测试吴德才因房屋失火申请临时救助,发放金额5200元,一事一救。
经办:测试陈国安  2019年3月18日
"""

_SCANS = (
    Sample(VILLAGE + "01低保/2018年/测试周桂兰/1 申请书.pdf", _application,
           "扫描成 PDF，略歪，盖样章，带二维码", "测试周桂兰 类风湿关节炎"),
    Sample(VILLAGE + "01低保/2018年/测试周桂兰/IMG_20180408_101523.jpg", lambda: _survey(0),
           "手机斜着拍的入户调查表", "11010519491231002X 测试赵明"),
    Sample(VILLAGE + "01低保/2018年/测试周桂兰/IMG_20180408_101611.jpg", lambda: _survey(1),
           "同一份表的第二页", "屋面局部漏雨"),
    Sample(VILLAGE + "01低保/2018年/测试周桂兰/IMG_20180408_101702.jpg", _sideways_survey,
           "横着的照片，EXIF 记着方向", "入户调查照片"),
    Sample(VILLAGE + "01低保/2018年/测试周桂兰/IMG_20180408_101733.jpg", _blank_back,
           "空白的背面"),
    Sample(VILLAGE + "01低保/2018年/测试周桂兰/审批表(盖章).tif", _decision,
           "两页 TIFF，三枚样章", "贰佰捌拾伍元陆角贰分"),
    Sample(VILLAGE + "01低保/2018年/复印件/1 申请书 - 副本.pdf", _application,
           "同一内容的副本", "DB-103200-2018-0001 申请书"),
    Sample(VILLAGE + "01低保/2018年/扫描全能王 2018-07-02 10.22.pdf", _roster,
           "横向花名册，一页转了 90°，一页颠倒", "测试覃玉梅 花名册"),
    Sample(VILLAGE + "08公示/2018年/公示栏照片.jpg", _notice,
           "公示栏里拍的长期公示表", "测试向光荣 公示"),
    Sample(VILLAGE + "０３临时救助/２０１９年/临时救助申请　测试吴德才.png",
           lambda: _scanned_letter(31, "png", "临时救助申请", "钟宝镇人民政府:",
           "　　我是旧城村三组村民测试吴德才,身份证号610927196608080142。2019年3月2日夜间房屋失火,"
           "家具粮食全部烧毁,现借住亲戚家中,生活无着,特申请临时救助。", "申请人:测试吴德才　2019年3月5日"),
           "文件夹名用全角数字", "测试吴德才 房屋失火"),
    Sample(VILLAGE + "02特困供养/2018年/测试郑翠花 护理协议.pdf",
           lambda: _scanned_letter(32, "pdf", "特困人员委托照料服务协议", "甲方:镇坪县钟宝镇人民政府",
           "乙方:测试冯有财　丙方(特困人员):测试郑翠花", "　　一、乙方负责丙方日常照料,每日探视不少于一次。",
           "　　二、护理费每月320元,由镇人民政府按季发放。", "2018年1月15日"),
           "盖样章的协议", "委托照料服务协议 测试郑翠花"),
    Sample(VILLAGE + "05残疾人两项补贴/2018/两补审批.jpg",
           lambda: _scanned_letter(33, "jpg", "残疾人两项补贴审批表", "姓名:测试唐远志　性别:男",
           "残疾人证号:61092719700130013142", "补贴类别:重度残疾人护理补贴　标准:每人每月120元",
           "县残联意见:符合条件。　2018年3月20日"),
           "单张 JPG", "61092719700130013142"),
    Sample(VILLAGE + "06高龄补贴/2018/高龄花名册.png",
           lambda: _scanned_letter(34, "png", "旧城村高龄补贴花名册", "1　测试邓成玉　80岁　月标准50元",
           "2　测试彭明兰　91岁　月标准100元", "制表:测试赵明　2018年6月30日"),
           "灰度 PNG", "测试彭明兰"),
    Sample(VILLAGE + "12大走访/2018年/走访记录 一组.pdf",
           lambda: _scanned_letter(35, "pdf", "大走访入户记录", "走访时间:2018年5月16日　走访人:测试陈国安",
           "户主:测试杨发香　一组　家庭人口4人", "所提问题:饮水管道冻裂。办理结果:已报镇水利站,5月28日修复。"),
           "扫描 PDF", "饮水管道冻裂"),
    Sample("钟宝镇/旧城村_医疗救助票据.jpg",
           lambda: _scanned_letter(36, "jpg", "医疗救助费用结算单", "患者:测试罗先贵　旧城村二组",
           "医院:镇坪县医院　住院号:20190088", "总费用12680.50元　合规自付3120.00元　救助1872.00元"),
           "放错一级的文件", "12680.50"),
)  # fmt: skip

_FILES = (
    Sample(VILLAGE + "01低保/2018年/入户调查表-测试周桂兰.docx", lambda: filled("COM-03", CASE),
           "没有打印的 Word 文件", "测试李小雨 入户调查"),
    Sample(VILLAGE + "01低保/低保户名单(最终版)(改).xlsx", lambda: _table(_names()),
           "Excel 新格式", "低保户名单 测试曾宪国"),
    Sample(VILLAGE + "01低保/低保户名单.xls", lambda: _as_xls(_table(_names())),
           "Excel 旧格式", "低保户名单 测试谢大芳"),
    Sample(VILLAGE + "01低保/2018年/评议会记录.txt", _text(MINUTES, "gb18030"),
           "GB18030 编码的文本", "同意18票"),
    Sample(VILLAGE + "15综合管理/通知(繁體).txt", _text(TRADITIONAL, "utf-8"),
           "繁体字，夹着拼音", "旧城村关于开展农村低保年度核查的通知"),
    Sample(VILLAGE + "15综合管理/政策汇编目录.pdf",
           lambda: as_pdf(letter("政策汇编目录", "一、社会救助暂行办法(国务院令第649号)",
           "二、最低生活保障审核审批办法(试行)(民发〔2012〕220号)")),
           "有文字层的 PDF", "民发〔2012〕220号"),
    Sample(VILLAGE + "０３临时救助/２０１９年/发放说明.txt", _text(NOTE, "utf-8-sig"),
           "UTF-8 文本，带 BOM", "一事一救 5200"),
    Sample(VILLAGE + "08公示/2018年/公示表.docx",
           lambda: filled("GS-01", "GS-103200-2018-0001"), "公示表的 Word 原件", "测试冯有财 公示表"),
)  # fmt: skip

_BAD = (
    Sample(VILLAGE + "新建文件夹 (2)/断了一半.pdf", _broken, "只有前三分之一的 PDF", reason="已损坏"),
    Sample(VILLAGE + "新建文件夹 (2)/加密.pdf", _encrypted, "加密的 PDF", reason="已加密"),
    Sample(VILLAGE + "新建文件夹 (2)/扫描0001.jpg", lambda: b"", "0 字节", reason="空文件"),
    Sample(VILLAGE + "新建文件夹 (2)/还在复制.jpg", _half_copied,
           "复制到一半就停下的照片，补齐后会自动重读", reason="不完整"),
    Sample(VILLAGE + "新建文件夹 (2)/旧资料.rar", lambda: b"Rar!\x1a\x07\x00" + bytes(64),
           "压缩包", reason="压缩包"),
    Sample(VILLAGE + "新建文件夹 (2)/老软件.dps", lambda: bytes(range(256)) * 4,
           "不认识的格式", reason="认不出是什么文件"),
    Sample(VILLAGE + "01低保/2018年/Thumbs.db", lambda: b"\xd0\xcf\x11\xe0" + bytes(508),
           "系统缩略图，不登记"),
    Sample(VILLAGE + "01低保/2018年/~$入户调查表.docx", lambda: b"\x05test" + bytes(157),
           "Word 的占用标记，不登记"),
)  # fmt: skip

SAMPLES: tuple[Sample, ...] = (*_SCANS, *_FILES, *_BAD)
