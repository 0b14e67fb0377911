"""How a form names a photo."""

import pytest

from filler.form.photo_names import (
    NamedPhoto,
    may_name_photos,
    named_photo,
    photos_in,
    photos_named_in,
)

SHA = "ab" * 32


def test_a_name_tells_hash_and_size():
    """And is written as it is read."""
    photo = NamedPhoto(SHA, 1200, 900)
    assert str(photo) == f"photo:{SHA}:1200x900"
    assert named_photo(str(photo)) == photo


@pytest.mark.parametrize(
    "text",
    ["", "photo:", f"photo:{SHA}:0x900", f"photo:{SHA}:1200x0900", f"photo:{SHA[1:]}:1200x900",
     f"photo:{SHA}:120000x900", f"photo:{SHA}:1200x900 ", f"{SHA}:1200x900"],
)  # fmt: skip
def test_any_other_text_names_none(text):
    """However near it comes."""
    assert named_photo(text) is None


def test_photos_among_texts_are_found():
    """Tables and plain texts are passed over."""
    texts = {"a": f"photo:{SHA}:1x2", "b": "photo: 没有", "c": "字", "rows": [{"a": "x"}]}
    assert list(photos_in(texts)) == [NamedPhoto(SHA, 1, 2)]


def test_photos_of_typed_answers_are_found_wherever_they_stand():
    """In any field, in rows of tables, with blanks around; a hash alone is no name."""
    photo = f"photo:{SHA}:1x2"
    answers = {"a": f" {photo}", "b": SHA, "c": 5, "rows": [{"d": photo}, {"d": None}]}
    assert list(photos_named_in(answers)) == [NamedPhoto(SHA, 1, 2)] * 2


def test_texts_together_tell_whether_a_name_may_be_among_them():
    """Never that there is none where there is one."""
    name = str(NamedPhoto(SHA, 1, 2))
    assert may_name_photos(f"测试{name}") and list(photos_in({"a": name}))
    assert not may_name_photos("测试甲13991500001")
