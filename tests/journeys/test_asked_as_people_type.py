"""Forty-one questions as people type them, over the demo archive, and what each answers."""

import datetime as dt
from collections.abc import Callable

import pytest

from archive_indexer.asking.fitting import NamedForm
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.nearest import find_nearest
from archive_indexer.queries import Query
from archive_indexer.search import search_archive
from filler.spec.form_catalogue import catalogue_of
from minzheng.county.config import load_config
from minzheng.county.county import County, read_county
from minzheng.web.archive.nearest import in_order, named_forms

pytestmark = pytest.mark.journey

_TODAY = dt.date(2026, 11, 29)
_HITS = "直接查到"
#: What is typed, and what answers it: hits, questions to ask instead, 第N问 of the checklist.
_TABLE = (
    ("旧城村 2018年 低保公示", "村:旧城村 年:2018 低保…公示", "第 3 问"),
    ("旧城2018低保", "村:旧城村 年:2018 低保", "第 3 问"),
    ("旧城村低保名单", "村:旧城村 低保…名单", "村:旧城村 表:DB-03"),
    ("冬春救助", "冬春…救助", "文件名:冬春救助", "表:JZ-03", "第 24 问"),
    ("冬春救助没签字的", "签名:无 冬春…救助", "第 24 问"),
    ("照料协议", "照料…协议", "表:TK-04", "第 19 问"),
    ("护理协议到期", "护理 协议", "第 19 问"),
    ("五保协议", "五保 协议", "表:TK-04"),
    ("送达回证", "表:COM-07", "第 13 问"),
    ("村干部近亲属", "村干部…近亲属", "第 10 问"),
    ("死亡后仍在发放", "死亡 发放", "第 11 问"),
    ("去世还在领钱", "去世", "第 11 问"),
    ("死亡登记", "死亡…登记", "文件名:死亡登记", "表:BZ-01"),
    ("没有销号的问题", "销号 问题", "表:ZF-03", "第 17 问"),
    ("社会救助法", "社会救助"),
    ("办事指南", "表:LS-00"),
    ("2018年评议会", "年:2018 评议会", "第 6 问"),
    ("周桂兰 低保 审批", _HITS),
    ("周桂蓝低保", "周桂 低保"),
    ("临时救助花名册", "临时救助…花名册", "文件名:临时救助 文件名:花名册", "表:LS-04"),
    ("吴德才临时救助", "吴德才…临时救助"),
    ("超过5000的临时救助", "金额:>5000 临时救助", "第 8 问"),
    ("房子失火救助", "房子 失火 救助"),
    ("高龄补贴名单", "高龄补贴花名册", "表:GL-02"),
    ("残疾人护理补贴审批表", "表:CB-01"),
    ("残疾证", _HITS),
    ("医疗救助票据", "文件名:医疗救助票据"),
    ("信访举报登记", "信访…举报…登记", "表:ZH-11"),
    ("优亲厚友", _HITS),
    ("公示栏照片", "文件名:公示栏照片", "第 23 问"),
    ("公示有没有异议", "公示 异议", "表:GS-06", "第 15 问"),
    ("张榜公示 2018", "年:2018 张榜 公示"),
    ("盖章的公示表", "有章:是 公示表", "第 3 问"),
    ("停保告知书", "停发告知书", "表:COM-07", "第 12 问"),
    ("入户调查照片", _HITS),
    ("低保申请书", "最低生活保障申请书", "表:DB-01"),
    ("低保户花名册 2018年二季度", "日期:2018-04..2018-06 花名册"),
    ("并村前的村名", "并村", "第 7 问"),
    ("专柜谁管", "专柜", "表:ZH-01", "第 20 问"),
    ("政策汇编", _HITS),
    ("卷内目录", "卷内…目录", "文件名:卷内目录", "表:ZH-04", "第 25 问"),
)


#: Typed later, by somebody who had not seen the forty-one.
_LATER = (
    ("18年临时救助发放表", "临时救助发放", "年:2018 表:LS-04"),
    ("二〇一八年低保公示", "年:2018 低保…公示", "第 3 问"),
    ("19年冬春救济名单", "年:2019 表:JZ-03", "第 24 问"),
    ("低保取消告知", "低保 取消 告知", "第 12 问"),
    ("领钱签字", "领钱 签字", "第 24 问"),
    ("谁签的字", "签字", "第 4 问"),
    ("评议会到会人数", "评议会"),
    ("大病报销单", "大病报销"),
    ("谁的低保停了", "低保 停发"),
    ("孤儿补贴", "表:ET-01"),
    ("没爹没娘的娃补助", "表:ET-01"),
    ("八十岁以上老人名单", "表:GL-02"),
    ("高令补贴", "高龄补贴"),
    ("低宝申请表", "表:DB-01"),
    ("村长亲戚吃低保", "村干部 近亲属 低保", "第 10 问"),
    ("先给钱后补手续", "表:LS-02"),
    ("退回多领的钱", "追缴", "表:GL-05"),
    ("2018年五月低保评议签到", "日期:2018-05 低保 评议"),
    ("低保年年要查", "表:DB-05"),
    ("谁家一年要复查几次", "表:DB-05"),
    ("上访信件处理结果", "信访 登记处理"),
    ("信访回复", "表:ZH-11"),
    ("孤儿终止", "表:ET-08"),
    ("开会签到表", "表:COM-04", "第 6 问"),
    ("高龄老人照片认证", "表:GL-03"),
    ("军属优待金名册", "表:YF-05"),
    ("低保不批的理由", "表:COM-07"),
    ("五保老人谁照料", "表:TK-05", "第 19 问"),
    ("救灾棉被发给谁了", "表:JZ-04"),
    ("退伍军人补贴名单", "表:YF-02"),
    ("县里核查反馈的问题", "第 17 问"),
    ("低保金少发了一个月", "表:GS-04"),
)


@pytest.fixture(scope="module")
def archive(indexed_county) -> tuple[FullTextIndex, County, tuple[NamedForm, ...]]:
    """The index of the demo, and what its questions are read with."""
    config, county = load_config(indexed_county.config), read_county()
    forms = named_forms(catalogue_of(config, county))
    return FullTextIndex(config.data_folder / "index"), county, forms


@pytest.fixture
def answers(archive, db) -> Callable[[str], list[str]]:
    """What the search page offers for a question."""
    index, county, forms = archive

    def run(question: str) -> list[str]:
        answer = search_archive(index, question, Query(()), county, with_synonyms=True)
        assert not answer.problems
        if answer.result.total:
            return [_HITS]
        nearest = find_nearest(
            index, question, Query(()), county, forms=forms, today=_TODAY, with_synonyms=True
        )
        offered = list(in_order(nearest))
        for one in offered:
            if one.count:
                found = search_archive(index, one.text, Query(()), county, with_synonyms=True)
                assert found.result.total == one.count, one
        return [one.name if one.count is None else one.text for one in offered]

    return run


@pytest.mark.parametrize("line", (*_TABLE, *_LATER), ids=lambda line: line[0])
def test_what_people_type_has_an_answer(answers, line):
    """Hits, or what may be meant, each offer finding just what it says."""
    typed, *wanted = line
    assert set(wanted) <= set(answers(typed))


def test_there_are_forty_one():
    """Each once."""
    assert len({line[0] for line in _TABLE}) == 41
