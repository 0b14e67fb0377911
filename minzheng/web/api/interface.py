"""The interface as a whole: routes, keys, rates, answers to mistakes, and its description."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError
from ninja.throttling import AuthRateThrottle

from archive_indexer.errors import IndexBrokenError
from minzheng.accounts.rights import Right
from minzheng.web.api import archive, batches, documents
from minzheng.web.api.door import KeyHolder
from minzheng.web.gate.access import needs
from minzheng.web.gate.office import config

_KINDS = {
    "string": "文字", "integer": "整数", "number": "数字", "boolean": "是或否",
    "array": "列表", "object": "对象",
}  # fmt: skip

api = NinjaAPI(
    title="民政十五专档接口",
    version="1",
    description="查档、文书、批量接口。权限、号码遮盖、审计与网页相同。",
    auth=KeyHolder(),
    docs_url=None,
    docs_decorator=needs(Right.OWN),
    throttle=[AuthRateThrottle(f"{config().requests_per_minute}/m")],
)
api.add_router("", archive.router)
api.add_router("", documents.router)
api.add_router("", batches.router)


@api.exception_handler(AuthenticationError)
def _no_key(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    what = "没有密钥，或密钥已作废、到期。请向管理员申请。"
    response = api.create_response(request, {"detail": what}, status=401)
    response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(ValidationError)
def _wrong(request: HttpRequest, error: ValidationError) -> HttpResponse:
    where = "、".join(".".join(map(str, one["loc"][1:])) for one in error.errors)
    what = f"请求内容不合要求：{where}。请对照接口说明改正。"
    return api.create_response(request, {"detail": what}, status=422)


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return api.create_response(request, {"detail": "没有这一项，或不在您的范围内。"}, status=404)


@api.exception_handler(IndexBrokenError)
def _broken(request: HttpRequest, error: IndexBrokenError) -> HttpResponse:
    return api.create_response(request, {"detail": str(error)}, status=503)


@require_safe
@needs(Right.OWN)
def guide(request: HttpRequest) -> HttpResponse:
    """The description for people: every operation, what goes in, what comes out."""
    schema = api.get_openapi_schema()
    operations = [
        _described(schema, path, method, operation)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]
    return render(request, "api_guide.html", {"operations": operations})


def _described(
    schema: dict[str, Any], path: str, method: str, operation: dict[str, Any]
) -> dict[str, Any]:
    sent = operation.get("requestBody", {}).get("content", {})
    body: dict[str, Any] = next(iter(sent.values()), {})
    answer = operation["responses"].get(200) or operation["responses"].get(201) or {}
    given = answer.get("content", {}).get("application/json", {})
    parameters = [
        (one["name"], one.get("required", False), _say(one["schema"]), one.get("description", ""))
        for one in operation.get("parameters", [])
    ]
    return {
        "method": method.upper(),
        "path": path,
        "summary": operation["summary"],
        "parameters": parameters,
        "format": "JSON" if "application/json" in sent else "表单，含文件",
        "body": _properties(schema, body.get("schema", {})),
        "answer": _properties(schema, given.get("schema", {})),
    }


def _properties(schema: dict[str, Any], part: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Name, type and description of each property of an object."""
    named = part.get("items", part).get("$ref", "").rpartition("/")[2]
    found = schema["components"]["schemas"].get(named, part).get("properties", {})
    return [(name, _say(one), one.get("description", "")) for name, one in found.items()]


def _say(schema: dict[str, Any]) -> str:
    """What a value may be, in words."""
    kind = _KINDS.get(schema.get("type", "object"), "")
    least, most = schema.get("minimum"), schema.get("maximum")
    return f"{kind}，{least}–{most}" if most is not None and most < 10**6 else kind


def _open(patterns: list[Any]) -> list[Any]:
    """The operations ask for a key themselves; only the description asks for a sign-in."""
    for pattern in patterns:
        if pattern.name != "openapi-json":
            login_not_required(pattern.callback)
    return patterns


_patterns, _app, _namespace = api.urls
urls = (_open(_patterns), _app, _namespace)
