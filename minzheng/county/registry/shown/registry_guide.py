"""What each of the county's tables is for, in the words of the office."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RegistryFile:
    """One table: its name, what it says and what it is for."""

    name: str
    title: str
    purpose: str
    source: str
    takes_effect: str  #: what of the work follows the new table


_FORMS = "以后填的表按新内容核对和印出；已出具的文书不变。"
_SEARCH = "查档立即按新内容；已入库的文件不用重新识别。"
_READING = "新放入的文件按新内容认；已入库的不变，重新放入或更正时按新的。"
FILES = (
    RegistryFile(
        "towns_and_villages.csv",
        "镇村名册",
        "七镇各村、社区的名称、代码和曾用名：填表选村、认出扫描件属于哪个村、账号的范围。",
        "民政区划代码；“暂编”的待县里核定",
        "填表、查档和账号范围立即按新名册；已归好村的文件不变，新放入的按新名册归村。",
    ),
    RegistryFile(
        "dossiers.toml",
        "十五个专档",
        "专档的代码、名称、主管部门、认出它的词，哪些须单独授权。",
        "县里的专档方案",
        "页面和权限立即按新内容；已归好专档的文件不变。",
    ),
    RegistryFile(
        "standards.toml",
        "保障标准",
        "各类补助按日期的标准：填表算差额、核对金额。",
        "县里文件，见各行“来源”",
        _FORMS,
    ),
    RegistryFile(
        "limits.toml",
        "限额和比例",
        "临时救助限额、医疗救助比例等，按日期。",
        "县里文件，见各行“来源”",
        _FORMS,
    ),
    RegistryFile(
        "terms.toml",
        "期限、年龄和人数",
        "几个工作日、几个月、多少岁、多少人：探访间隔、核查周期、补办期限等，按日期。",
        "法规或县里文件，见各行“来源”",
        _FORMS,
    ),
    RegistryFile(
        "eligibility.toml",
        "享受条件",
        "哪些残疾算重度、哪些待遇不得同领、年龄档次、收入和财产的限度，按日期。",
        "法规或县里文件，见各行“来源”",
        _FORMS,
    ),
    RegistryFile(
        "laws.toml",
        "法规政策",
        "法规的名称、文号、施行起止，依据它的文书和检查；审批、确认的用语，由谁确认。",
        "法规原文，见各行“来源”",
        _FORMS,
    ),
    RegistryFile(
        "holidays.csv",
        "节假日",
        "放假和调休上班的日子：算工作日、核对办理日期。",
        "国务院办公厅每年的放假通知",
        _FORMS,
    ),
    RegistryFile(
        "desks.toml",
        "各级经办",
        "审批（确认）表上各级的意见由哪种账号填写，案件到谁手上，按哪条期限办。",
        "县里的职责分工",
        "填表和首页立即按新内容；已出具的文书不变。",
    ),
    RegistryFile(
        "completeness.toml",
        "应有材料",
        "各专档每个案件至少要有哪些表：齐全情况、痕迹里的缺件。",
        "业务规程",
        "齐全情况和缺件立即按新内容。",
    ),
    RegistryFile(
        "copies.toml",
        "取数关系",
        "一张表从同一案件的哪张表取哪些内容。",
        "表样",
        _FORMS,
    ),
    RegistryFile(
        "registers.toml",
        "登记簿",
        "走访、公示专栏等登记簿：行从哪些表来，有哪些列和状态，什么算证明，哪些必须有。",
        "表样和县里的工作制度",
        "登记簿页面立即按新内容；已出具的文书和已存档的扫描件不变。",
    ),
    RegistryFile(
        "synonyms.txt",
        "同义词",
        "查档时互相查得到的词；平常人的说法在公文里怎样写。",
        "县里用语，可随时增改",
        _SEARCH,
    ),
    RegistryFile(
        "lookalikes.txt",
        "形近字",
        "扫描识别容易认错的字，查档时作“近似”提示。",
        "识别中积累，可随时增改",
        _SEARCH,
    ),
    RegistryFile(
        "questions.toml",
        "常问的问题",
        "检查人员常问的二十五个问题，系统怎样回答。",
        "检查工作，可改问法",
        "“常问的问题”立即按新内容。",
    ),
    RegistryFile(
        "checks.toml",
        "疑点核对",
        "各项核对的名称、轻重、界限、依据的法规，建议出具哪张表。",
        "检查工作和法规，可改说法和界限",
        "下一次核对按新内容；已核实的疑点不变。",
    ),
    RegistryFile(
        "paper_words.toml",
        "认人认数的栏目名",
        "扫描件上写在哪些栏里的是人、金额、日期、档号，哪些词不是姓名。",
        "县里表样和常见材料，可随时增改",
        _READING,
    ),
    RegistryFile(
        "surnames.txt",
        "姓氏",
        "扫描件的栏里哪些字是姓名：本县少见的姓补在这里。",
        "常见姓氏，可随时增改",
        _READING,
    ),
    RegistryFile(
        "retention.csv",
        "保管期限",
        "各专档材料的保管期限和依据。",
        "档案管理规定，见各行“依据”",
        "“到期清理”据此提出到期的材料，由人逐件确认；程序不自己删除任何文件。",
    ),
    RegistryFile(
        "personal_data.toml",
        "删除个人信息的依据",
        "个人要求删除自己的信息时，可以依据的法律条款。",
        "个人信息保护法第四十七条",
        "“个人信息”页处理删除时选用。",
    ),
)
BY_NAME = {one.name: one for one in FILES}

#: Headings of the tables and of their parts, as people read them.
WORDS = {
    "town_code": "镇代码", "town": "镇", "village": "村", "kind": "类别",
    "village_code": "村代码", "short_code": "短代码", "other_names": "曾用名", "mark": "注",
    "fonds_no": "全宗号", "county": "县",
    "no": "序号", "id": "代号", "code": "代码", "name": "名称", "short_name": "简称",
    "in_seed": "县文所列", "serves": "服务对象", "departments": "主管部门",
    "words": "认出它的词", "matters": "归它的事项", "asked": "平常的叫法",
    "apart": "单独授权", "children": "未成年人",
    "scheme": "类别", "part_of": "属于", "hukou_type": "户籍",
    "month_amount": "元/月", "from": "自", "to": "至", "source": "来源", "amount": "数额",
    "title": "名称", "doc_no": "文号", "schemes": "适用", "word": "用语", "date": "日期",
    "note": "说明", "dossier": "专档", "step": "步骤和材料", "forbidden": "不应有",
    "times": "次数", "sum": "相加",
    "within": "期限", "forms": "表", "material": "材料", "period": "期限",
    "basis": "依据", "articles": "专档和条款", "checks": "检查", "read": "核对日期",
    "laws": "依据的法规", "own_check": "县里自己核对", "office": "向哪里核对",
    "opened_by": "有哪步才算案件", "decider": "由谁确认", "level": "哪一级",
    "start": "起算", "ground": "依据",
    "fields": "同名的项", "renamed": "不同名的项", "law": "法规", "era": "用语",
    "copy": "从一张表取", "gather": "从许多张表汇总", "change": "变动", "yearly": "每年",
    "standard": "标准", "limit": "限额和比例", "persons": "人", "chief": "当事人的栏",
    "others": "其他人的栏", "columns": "名册上人名的列", "staff": "工作人员名册的列",
    "lists": "名单的题目", "before_names": "姓名前的词", "values": "数", "archive_no": "档号的栏",
    "amounts": "金额的栏", "dates": "日期的栏", "not_names": "不是姓名",
    "question": "问题", "text": "问法", "search": "查档写法", "page": "打开的页面",
    "doubts": "核对的规则", "not_yet": "还不能回答的原因", "meanwhile": "眼下可以查",
    "register": "登记簿", "group": "栏", "about": "说明", "unit": "量词", "states": "状态",
    "key": "凭什么认", "newest": "取最近的", "join": "另取的列", "proof": "证明", "where": "条件",
    "each": "每一个", "lacking": "缺的叫", "by": "另按", "people": "人",
    "sums": "求和", "fill": "填写", "prints": "一次打印",
    "check": "核对", "severity": "轻重", "how": "对照什么", "do": "怎么办", "form": "建议出具的表",
    "limits": "界限", "order": "先后", "pairs": "不得同领",
    "paper": "常见材料", "must": "必有其一的字", "least": "至少几个",
    "term": "期限、年龄和人数", "value": "数", "most": "至多", "use": "用在", "types": "种类",
    "levels": "等级", "benefit": "待遇", "classes": "哪几类户", "held": "已有的待遇",
    "percent": "百分比", "single": "单人户", "health": "健康状况", "most_months": "至多几个月标准",
    "none": "不得有", "severe": "算重度的残疾", "family": "哪几类家庭",
    "excludes": "不得同领的待遇", "band": "年龄档次", "over": "收入超过时的例外",
    "asset": "财产限度", "desk": "各级", "at": "在谁手上", "roles": "由谁填写", "once": "一次性的",
}  # fmt: skip
