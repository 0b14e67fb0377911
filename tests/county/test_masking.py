"""Hidden parts of personal data."""

from county import masking


def test_ids_keep_first_six_and_last_four():
    """610927********1234."""
    assert masking.mask_id("11010519491231002X") == "110105********002X"
    assert masking.mask_id("short") == "short"


def test_phones_and_accounts_are_masked():
    """The middle of a phone and all but four digits of an account are hidden."""
    assert masking.mask_phone("13800001234") == "138****1234"
    assert masking.mask_account("6217000011112222") == "************2222"


def test_names_keep_the_surname():
    """Single and compound surnames stay."""
    assert masking.mask_name("张三丰") == "张**"
    assert masking.mask_name("欧阳测试") == "欧阳**"


def test_numbers_inside_a_text_are_masked():
    """IDs and phones are found wherever they stand."""
    text = "张三11010519491231002X电话13800001234。"
    assert masking.mask_numbers_in(text) == "张三110105********002X电话138****1234。"
