"""Papers that make the sample village answer an inspector's questions, with one fault each."""

import datetime as dt
import tomllib
from collections.abc import Callable
from typing import Any

from script.samples.aging import as_scan
from script.samples.papers import ANSWERS, fill, pages, picture_file
from script.samples.village import VILLAGE, Sample

YEAR = "2018年/"
#: A second person of the same name, in another town.
NAMESAKE = "610900195902070020"
_DIRECTORY = (
    ("旧城村村民委员会", "测试周桂兰最低生活保障申请书", "2018-04-02", 2),
    ("钟宝镇人民政府", "测试周桂兰家庭社会救助入户调查表", "2018-04-08", 3),
    ("旧城村村民委员会", "旧城村低保民主评议会议记录", "2018-04-12", 1),
    ("钟宝镇人民政府", "旧城村低保审核公示单", "2018-04-16", 1),
    ("镇坪县民政局", "测试周桂兰最低生活保障审核审批表", "2018-05-07", 2),
)


def _form(form_id: str, case_no: str, **changed: Any) -> Callable[[], bytes]:
    """One of our forms with its sample answers, some of them changed."""

    def make() -> bytes:
        answers = tomllib.loads((ANSWERS / f"{form_id}.toml").read_text(encoding="utf-8"))
        return fill(form_id, answers | changed | {"case_no": case_no})

    return make


def _text(text: str) -> Callable[[], bytes]:
    return lambda: text.encode("utf-8-sig")


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _unsigned_list() -> bytes:
    page = pages(_form("JZ-03", "JZ-103200-2018-0001")())[0]
    return picture_file([as_scan(page, 41, 0.3)], "pdf")


def _relief(batch: str, day: str, amount: str) -> Callable[[], bytes]:
    """A list of relief with one man on it."""
    row = {
        "village": "旧城村", "group_no": 3, "name": "测试吴德才", "id_no": "610927196608080142",
        "relief_type": "支出", "reason_general": "疾病", "decide_date": _day(day),
        "amount": amount, "bank_no": "6217000000000000020", "pay_date": _day(day),
    }  # fmt: skip
    case_no = f"LS-927103-2019-{batch[-2:]:0>4}"
    return _form("LS-04", case_no, batch=batch, pay_to=_day(day), rows=[row])


_RELATIVE = [
    {
        "obj_rel": "父母", "obj_name": "测试周秀莲", "obj_id": "610927195304120024",
        "obj_addr": "旧城村三组", "obj_scheme": "低保", "obj_size": 2, "obj_month": "410.00",
        "obj_start": "2018-06",
    },
]  # fmt: skip
_BOX = [
    {
        "archive_no": f"J012-WS·2018-D10-DB-{number:04}", "author": author, "title": title,
        "d": _day(day), "pages": pages,
    }
    for number, (author, title, day, pages) in enumerate(_DIRECTORY, start=1)
]  # fmt: skip
_POLICIES = [
    {
        "title": "特困人员认定办法", "doc_no": "民发〔2016〕178号", "issuer": "民政部",
        "d": _day("2016-10-10"), "state": "有效", "dossier": "特困供养", "points": "认定条件和程序",
    },
]  # fmt: skip

SAMPLES: tuple[Sample, ...] = (
    Sample("城关镇/蔬菜村/01低保/2018年/低保申请 测试周桂兰.txt",
           _text(f"最低生活保障申请书\n申请人:测试周桂兰　身份证号:{NAMESAKE}\n2018年5月3日\n"),
           "另一个镇的同名人", f"测试周桂兰 {NAMESAKE}"),
    Sample("钟宝镇/干洲河村/15综合管理/2018年/并村档案说明.txt",
           _text("并村档案说明\n原高桥村、高峰村2000年合并为干洲河村,合并前的五保名册一并移交。\n2018年7月3日\n"),
           "写着合并前的旧村名", "高峰村 五保名册"),
    Sample(VILLAGE + "13殡葬/" + YEAR + "死亡登记 测试唐远志.docx",
           _form("BZ-01", "BZ-103200-2018-0001", name="测试唐远志", id_no="610927195701150323"),
           "5月死亡，6月的低保花名册上还有", "死亡人口登记表 测试唐远志"),
    Sample(VILLAGE + "02特困供养/" + YEAR + "照料服务协议.docx",
           _form("TK-04", "TK-103200-2018-0001"), "期满没有续签", "照料服务协议 测试赵明义"),
    Sample(VILLAGE + "12大走访/" + YEAR + "销号台账.docx",
           _form("ZF-03", "ZF-927103-2018-0001"), "有没销号的问题", "ZB-2018-003"),
    Sample(VILLAGE + "08公示/" + YEAR + "公示情况报告.txt",
           _text("公示情况报告\n公示事项:低保　张贴地点:旧城村村务公开栏\n"
                 "张贴日期:2018年4月16日　张贴时间:9时\n撤下日期:2018年4月21日　撤下时间:18时\n公示结果:无异议\n"),
           "只公示了五天", "公示情况报告 2018年4月21日"),
    Sample(VILLAGE + "08公示/" + YEAR + "异议登记.docx",
           _form("GS-06", "GS-103200-2018-0002"), "对公示的异议", "公示异议登记 农用三轮车"),
    Sample(VILLAGE + "01低保/" + YEAR + "停发告知书.docx",
           _form("COM-07", "DB-103200-2018-0003", decision="停发", facts="户主已迁出本县，不再符合条件。",
                 effective_month="2018-07", old_amount="245.00", new_amount="0.00",
                 decide_date=_day("2018-06-20"), issue_date=_day("2018-06-21"), receive_date=""),
           "没有签收日期", "停发告知书 测试杨发香"),
    Sample(VILLAGE + "０３临时救助/２０１９年/发放花名册 5月.docx",
           _relief("2019-05", "2019-05-28", "600.00"), "一年里第一次领取", "2019年5月28日 600.00"),
    Sample(VILLAGE + "０３临时救助/２０１９年/发放花名册 6月.docx",
           _relief("2019-06", "2019-06-28", "400.00"), "同一人第二次领取", "2019年6月28日 400.00"),
    Sample(VILLAGE + "11救灾救济/" + YEAR + "冬春救助名册.pdf", _unsigned_list,
           "扫描的名册，领取人没有签字", "冬春生活救助花名册"),
    Sample(VILLAGE + "15综合管理/" + YEAR + "近亲属备案.docx",
           _form("COM-08", "ZH-103200-2018-0001", objects=_RELATIVE,
                 survey="测试周秀莲系专管员测试王秀英的母亲，单独居住，符合低保条件。"),
           "专管员的母亲享受低保", "近亲属备案 测试王秀英"),
    Sample(VILLAGE + "15综合管理/" + YEAR + "专柜登记卡.docx",
           _form("ZH-01", "ZH-103200-2018-0002", keeper="测试王秀英"), "专管员是谁", "专柜登记卡"),
    Sample(VILLAGE + "15综合管理/" + YEAR + "信访登记.docx",
           _form("ZH-11", "ZH-103200-2018-0003", person="测试宋家富",
                 content="反映村里评低保优亲厚友，要求核查。"),
           "举报优亲厚友", "优亲厚友"),
    Sample(VILLAGE + "15综合管理/" + YEAR + "卷内目录 低保第1盒.docx",
           _form("ZH-04", "ZH-103200-2019-0001", box_no=1, rows=_BOX),
           "目录上的公示单盒里没有", "卷内 测试周桂兰最低生活保障申请书"),
    Sample(VILLAGE + "15综合管理/" + YEAR + "政策汇编目录.docx",
           _form("ZH-08", "ZH-927103-2018-0004", rows=_POLICIES),
           "政策的版本", "特困人员认定办法 民发〔2016〕178号"),
)  # fmt: skip
