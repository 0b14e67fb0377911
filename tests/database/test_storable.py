"""What a server can hold of a value."""

import pytest

from minzheng.database.storable import storable


@pytest.mark.parametrize(
    ("value", "held"),
    [
        ("测试\0甲", "测试甲"),
        ("\ud842测试\udfb7", "\ufffd测试\ufffd"),
        ("𠮷\\u0000", "𠮷\\u0000"),
        ({"a\0": ["\0x", {"b": "y\ud800"}]}, {"a": ["x", {"b": "y\ufffd"}]}),
        (("甲", 1, None, True, 1.5), ["甲", 1, None, True, 1.5]),
        (None, None),
    ],
)
def test_only_what_says_nothing_is_left_out(value, held):
    """Whole signs stay, numbers and nothing, too."""
    assert storable(value) == held
