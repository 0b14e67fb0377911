"""What a browser gets of a page's white space."""

import pytest

from minzheng.web.page_source import tidy


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("<p>先填，\n    再核对。</p>", "<p>先填，再核对。</p>"),
        ("<p>先填， 再核对。</p>", "<p>先填，再核对。</p>"),
        ("到“查档”\n  里找", "到“查档”里找"),
        ("齐&#32;全部都有", "齐&#32;全部都有"),
        ("测试甲　旧城村", "测试甲　旧城村"),
        ("15 位\n  身份证", "15 位身份证"),
        ("在 Excel\n  里填", "在 Excel 里填"),
        ("共 <b>3</b> 件", "共 <b>3</b> 件"),
        ("<b>甲</b> <b>乙</b>", "<b>甲</b> <b>乙</b>"),
        ('<input placeholder="如 张三">', '<input placeholder="如 张三">'),
        (
            '<a{% if a > 1 %} title="甲 乙"{% endif %}>',
            '<a{% if a > 1 %} title="甲 乙"{% endif %}>',
        ),
        ('{% if q == "甲 乙" %}', '{% if q == "甲 乙" %}'),
        (
            '<input\n  name="q"\n  {% if a %}x{% endif %}\n>',
            '<input name="q" {% if a %}x{% endif %}>',
        ),
        ("<a\n  href=''>甲</a\n>", "<a href=''>甲</a>"),
        ("<ul>\n\n    <li>一</li>  \n  </ul>", "<ul>\n<li>一</li>\n</ul>"),
        (
            "{% if a %}，甲{% endif %}\n{% if b %}，乙{% endif %}。",
            "{% if a %}，甲{% endif %}{% if b %}，乙{% endif %}。",
        ),
        ("{% if a %} · 甲{% endif %}", "{% if a %} · 甲{% endif %}"),
        (
            "<a {% if a %}x{% endif %}\n {% if b %}y{% endif %}>",
            "<a {% if a %}x{% endif %} {% if b %}y{% endif %}>",
        ),
        ("若 a < 3 则\n  如此", "若 a < 3 则如此"),
    ],
)
def test_white_space(written, sent):
    """Between Chinese characters and between template tags it goes, elsewhere it stays."""
    assert tidy(written) == sent
