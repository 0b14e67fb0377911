"""The office's identity provider: OpenID Connect Core 1.0, code flow with PKCE, by Authlib.

The provider is asked to let the person type the password each time (`prompt=login`): on a PC
that several people use, nobody becomes whoever sat there before.
"""

from functools import cache

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth
from authlib.integrations.django_client.apps import DjangoOAuth2App
from django.http import HttpRequest, HttpResponse
from joserfc.errors import JoseError

from minzheng.county.errors import MinzhengError
from minzheng.county.settings.sign_in_servers import IdentityProvider
from minzheng.external.directories.outside_person import OutsidePerson, OutsideServerError

_PATIENCE_SECONDS = 10
_AWAY = (
    "统一登录的服务器没有正常应答，没有登录。请稍后再试；一直这样，请管理员核对 [sign_in] 的设置。"
)


class NotDoneError(MinzhengError):
    """统一登录没有完成：取消了、放得太久，或不是从本页开始的。请再点一次。"""


def lead_there(request: HttpRequest, provider: IdentityProvider, back: str) -> HttpResponse:
    """Send the browser to the provider; what proves that it comes from there is in its session.

    Raises:
        OutsideServerError: the provider does not answer.
    """
    try:
        led: HttpResponse = _client_of(provider).authorize_redirect(request, back, prompt="login")
    except (requests.RequestException, AuthlibBaseError, RuntimeError, ValueError) as error:
        raise OutsideServerError(_AWAY) from error
    return led


def who_comes_back(request: HttpRequest, provider: IdentityProvider) -> OutsidePerson:
    """Whom the provider names to a browser that was led there.

    Raises:
        NotDoneError: it names nobody, or to another browser.
        OutsideServerError: the provider does not answer.
    """
    try:
        client = _client_of(provider)
        token = client.authorize_access_token(request)
        claims = token["userinfo"]
        name, subject = claims.get(provider.name_claim), str(claims["sub"])
        if name is None and client.load_server_metadata().get("userinfo_endpoint"):
            told = client.userinfo(token=token)
            # Another subject's answer would be another person (OpenID Connect Core 5.3.2).
            name = told.get(provider.name_claim) if told.get("sub") == subject else None
    except requests.RequestException as error:
        raise OutsideServerError(_AWAY) from error
    except (AuthlibBaseError, JoseError, KeyError, ValueError, RuntimeError) as error:
        raise NotDoneError from error
    return OutsidePerson(name if isinstance(name, str) else "", subject)


def examine(provider: IdentityProvider) -> None:
    """Ask the provider where one signs in, as the first sign-in would.

    Raises:
        OutsideServerError: it does not say so.
    """
    try:
        told = _client_of(provider).load_server_metadata()
    except (requests.RequestException, AuthlibBaseError, RuntimeError, ValueError) as error:
        raise OutsideServerError(_AWAY) from error
    if not told.get("authorization_endpoint") or told.get("issuer") != provider.issuer:
        raise OutsideServerError(f"{provider} 不是 oidc_issuer 要的地址：它说自己是别的。")


@cache
def _client_of(provider: IdentityProvider) -> DjangoOAuth2App:
    """The provider as Authlib knows it; its addresses and keys are asked once."""
    trusted = str(provider.authorities) if provider.authorities else True
    return OAuth().register(
        "office",
        client_id=provider.client,
        client_secret=provider.secret,
        server_metadata_url=f"{provider.issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid profile",
            "code_challenge_method": "S256",
            "timeout": _PATIENCE_SECONDS,
            "verify": trusted,
            # A program without a secret is a public one: the challenge stands for it.
            **({} if provider.secret else {"token_endpoint_auth_method": "none"}),
        },
    )
