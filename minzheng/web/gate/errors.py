"""Error pages in Chinese: what happened, what to do."""

import sys

from django.http import HttpRequest, HttpResponse

from minzheng.web.gate.kept_posts import ask_to_go_on
from minzheng.web.gate.refusals import refuse
from minzheng.web.gate.storage_faults import answer_fault


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be understood, or its session could not be kept."""
    return answer_fault(request, exception) or refuse(
        request, "请求有误", "内容过大或不完整。请返回上一页，核对后重新提交。", 400
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: not for this person."""
    return refuse(request, "没有权限", "这项内容不在您的工作范围内。确需办理，请联系管理员。", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing lies there."""
    return refuse(request, "没有这一页", "地址有误，或文件已移走。请从首页重新进入。", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours, or of the disk; Django hands over no exception here."""
    return answer_fault(request, sys.exception()) or refuse(
        request, "系统出现故障", "本次操作没有完成，已记入日志。请稍后再试，或联系管理员。", 500
    )


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open too long, or was not ours; what was typed in a form goes on."""
    kept = ask_to_go_on(request)
    if kept is not None:
        return kept
    what = "页面打开的时间太长，或浏览器禁用了 Cookie。请返回上一页，刷新后重新提交。"
    return refuse(request, "页面已失效", what, 403)
