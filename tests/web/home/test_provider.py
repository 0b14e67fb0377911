"""What of a provider's answer is believed; real ones sign in in test_provider_sign_in.py."""

import pytest
import requests
from authlib.common.errors import AuthlibBaseError

from minzheng.county.settings.sign_in_servers import IdentityProvider
from minzheng.external.directories.outside_person import OutsidePerson, OutsideServerError
from minzheng.web.home import provider as asked
from minzheng.web.home.provider import NotDoneError, who_comes_back

PROVIDER = IdentityProvider("https://sso.example.cn", "minzheng", "preferred_username")


class Answers:
    """A provider as its library shows it: a token's claims, and what is told besides."""

    def __init__(self, claims, told=None, failure=None):
        self.claims, self.told, self.failure = claims, told, failure

    def authorize_access_token(self, request):
        if self.failure:
            raise self.failure
        return {"userinfo": self.claims}

    def load_server_metadata(self):
        return {"userinfo_endpoint": "https://x"} if self.told is not None else {}

    def userinfo(self, token):
        return self.told


@pytest.mark.parametrize(
    ("claims", "told", "name"),
    [
        ({"sub": "1", "preferred_username": "zhang"}, None, "zhang"),
        ({"sub": "1"}, {"sub": "1", "preferred_username": "zhang"}, "zhang"),
        ({"sub": "1"}, {"sub": "2", "preferred_username": "zhang"}, ""),  # somebody else's answer
        ({"sub": "1"}, {"preferred_username": "zhang"}, ""),
        ({"sub": "1", "preferred_username": ["zhang"]}, None, ""),
        ({"sub": "1"}, None, ""),
    ],
)
def test_a_name_is_taken_from_the_token_else_asked_for(monkeypatch, claims, told, name):
    """Of the same subject only, and only a text."""
    monkeypatch.setattr(asked, "_client_of", lambda provider: Answers(claims, told))
    assert who_comes_back(None, PROVIDER) == OutsidePerson(name, "1")


@pytest.mark.parametrize(
    ("failure", "raised"),
    [
        (requests.ConnectionError(), OutsideServerError),
        (requests.Timeout(), OutsideServerError),
        (AuthlibBaseError(), NotDoneError),
        (ValueError(), NotDoneError),
    ],
)
def test_away_is_told_apart_from_not_done(monkeypatch, failure, raised):
    """The one is the server's affair, the other is tried again."""
    monkeypatch.setattr(asked, "_client_of", lambda provider: Answers({}, failure=failure))
    with pytest.raises(raised):
        who_comes_back(None, PROVIDER)


def test_a_token_about_nobody_is_none(monkeypatch):
    """Without a subject there is nobody to remember."""
    monkeypatch.setattr(asked, "_client_of", lambda provider: Answers({"name": "zhang"}))
    with pytest.raises(NotDoneError):
        who_comes_back(None, PROVIDER)
