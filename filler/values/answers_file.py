"""A file of answers to be filled in: every field of a form, explained above its line.

As it is written, it answers nothing; a field left blank counts as not answered.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from filler.form.forms import Call, Condition, Field, FormSpec
from filler.values.read_value import unit_of

_KINDS = {
    "text": "文字", "longtext": "文字，可以几句", "int": "整数", "date": "日期", "month": "年月",
    "money": "数字，最多两位小数", "idcard": "身份证号，18 位", "phone": "电话",
    "bank": "银行账号，只写数字", "choice": "选一项", "multi": "选几项",
    "photo": "照片的文件名，照片放在本文件旁边",
    "annex": "附件的文件名，.docx，放在本文件旁边，印在表里",
}  # fmt: skip
_EXAMPLES = {
    "int": "3", "date": "2018-05-07", "month": "2018-05", "money": "1680.50",
    "idcard": "11010519491231002X", "phone": "13991500001", "bank": "6230270000000000006",
    "photo": "李大山.jpg", "annex": "调查报告.docx",
}  # fmt: skip
_NAME_RULES = frozenset({"person_name", "bank_holder"})
_MOST_CHOICES = 100
_SAME = re.compile(r"\{(\w+)\}")


def answers_template(spec: FormSpec) -> str:
    """The file as text, in TOML."""
    singles = [field for field in spec.fields if field.type != "rows"]
    labels = {field.slug: field.label for field in spec.fields}
    lines = [*_heading(spec), "", "# 案件编号｜选填｜同一户的各张表写同一个；不写则自动编号"]
    lines += ["# 此人已有在办案件的必须写；确实另开一个案件，写“新案件”"]
    lines += ["# 例：DB-103200-2018-0001", 'case_no = ""']
    for section in spec.sections:
        fields = [one for one in section.fields if one in singles and one.is_typed]
        if fields:
            lines += ["", f"# ──── {section.title} ────"]
        for field in fields:
            lines += ["", *_explained(field, labels), _blank(field)]
    for table in (one for one in spec.fields if one.type == "rows"):
        lines += ["", *_table(table, labels)]
    return "\n".join(lines) + "\n"


def _heading(spec: FormSpec) -> Iterator[str]:
    yield f"# 《{spec.short_title}》（{spec.id}）的填写内容"
    yield "# 以 # 开头的是说明，不用删。在引号里填写，不填的留空；选几项的照例子写，引号用半角。"
    yield '# 文字里要写半角引号 " 或反斜杠 \\ 时，前面加一个反斜杠。'
    derived = [one.label for one in spec.fields if one.derived and one.printed]
    if derived:
        yield f"# 由系统算出，不用填：{'、'.join(dict.fromkeys(derived))}。"
    yield f"# 填好后：minzheng fill {spec.id} --answers 本文件 --out {spec.id}.docx"


def _explained(field: Field, labels: Mapping[str, str]) -> Iterator[str]:
    unit = unit_of(field)
    kind = _KINDS.get(field.type, "文字") + (f"，单位{unit}" if unit else "")
    kind = "；".join((kind, *_limits(field.rules)))
    yield f"# {_plain(field.label)}｜{_need(field, labels)}｜{kind}"
    if field.help:
        yield f"# 说明：{_plain(field.help)}"
    if field.choices:
        yield f"# {_choices(field.choices)}"
    example = _example(field)
    if example:
        yield f"# 例：{field.slug} = {example}"


def _need(field: Field, labels: Mapping[str, str]) -> str:
    otherwise = _otherwise(field.default, labels)
    if field.required_if is not None:
        return f"{_condition(field.required_if, labels)}必填{otherwise}"
    return ("必填" if field.required else "选填") + otherwise


def _otherwise(default: str, labels: Mapping[str, str]) -> str:
    """What stands there when nothing is typed."""
    same = _SAME.fullmatch(default)
    if same:
        return f"，不填则同“{_plain(labels.get(same[1], same[1]))}”"
    if "{" in default:
        return "，不填则由系统拟写"
    return f"，不填则为“{_plain(default)}”" if default else ""


def _condition(condition: Condition, labels: Mapping[str, str]) -> str:
    words = "或".join(f"“{_plain(value)}”" for value in condition.values)
    verb = "不是" if condition.negated else "为"
    return f"“{_plain(labels.get(condition.slug, condition.slug))}”{verb}{words}时"


def _limits(rules: Iterable[Call]) -> Iterator[str]:
    for rule in rules:
        if rule.name == "length":
            yield f"{'–'.join(rule.args)} 字"
        elif rule.name == "between":
            yield f"{'–'.join(rule.args)}"
        elif rule.name in _NAME_RULES:
            yield "姓名，与身份证上一样"


def _choices(choices: tuple[str, ...]) -> str:
    shown = "、".join(map(_plain, choices[:_MOST_CHOICES]))
    more = f"等 {len(choices)} 项" if len(choices) > _MOST_CHOICES else ""
    return f"可选：{shown}{more}"


def _example(field: Field) -> str:
    if field.type == "multi":
        return f"[{', '.join(map(_quoted, field.choices[:2]))}]"
    if field.choices:
        return _quoted(field.choices[0])
    if any(rule.name in _NAME_RULES for rule in field.rules):
        return '"李大山"'
    example = _EXAMPLES.get(field.type, "")
    return _quoted(example) if example else ""


def _blank(field: Field) -> str:
    return f"{field.slug} = []" if field.type == "multi" else f'{field.slug} = ""'


def _table(table: Field, labels: Mapping[str, str]) -> Iterator[str]:
    """A table's rows: those that have names of their own, or a blank one to be copied."""
    columns = [one for one in table.columns if one.is_typed]
    inside = {**labels, **{one.slug: one.label for one in table.columns}}
    yield f"# ──── {_plain(table.label)} ────｜{_need_rows(table, labels)}"
    if table.help:
        yield f"# 说明：{_plain(table.help)}"
    if table.row_names:
        yield "# 每行已写好名称，按名称填写；说明写在第一行里。"
    else:
        yield f"# 一行写成一段，从 [[{table.slug}]] 起；再加一行，把整段复制一遍。不用的留空。"
    first, *others = table.row_names or ("",)
    yield f"[[{table.slug}]]"
    for column in columns:
        yield from (*_explained(column, inside), _cell(table, column, first), "")
    for name in others:
        yield from (f"[[{table.slug}]]", *(_cell(table, one, name) for one in columns), "")


def _cell(table: Field, column: Field, name: str) -> str:
    """A column with a default stays a remark: written blank, it would be blank."""
    if name and column.slug == table.one_row_each:
        return f"{column.slug} = {_quoted(name)}"
    if column.default:
        return f"# {column.slug} = {_quoted(column.default)}"
    return _blank(column)


def _need_rows(table: Field, labels: Mapping[str, str]) -> str:
    least = f"，至少 {table.least} 行" if table.least else ""
    return f"{_need(table, labels)}{least}，最多 {table.most} 行"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_plain(escaped)}"'


def _plain(text: str) -> str:
    """On one line: a remark ends with its line."""
    return " ".join(text.split())
