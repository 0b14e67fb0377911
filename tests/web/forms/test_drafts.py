"""An unfinished form is thrown away by its writer, and by nobody else."""

from filler.models import Draft
from tests.web.forms.test_draft_deeds import TOKEN, kept


def test_a_writer_throws_away_the_own_one(sign_in):
    """From the start page, where it stands with form, person and time."""
    browser = sign_in()
    kept(browser)
    page = browser.get("/").content.decode()
    assert f'href="/forms/DB-01?draft={TOKEN}"' in page
    assert "测试甲" in page
    answer = browser.post(f"/drafts/{TOKEN}/throw-away", follow=True)
    assert "已经删去" in answer.content.decode()
    assert not Draft.objects.exists()


def test_nobody_else_does(sign_in):
    """For others it is not there."""
    kept(sign_in())
    assert sign_in().post(f"/drafts/{TOKEN}/throw-away").status_code == 404
    assert Draft.objects.exists()
