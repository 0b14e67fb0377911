"""The interface as a whole: described to people, and as it is described."""

import json

import pytest
import schemathesis
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings

from minzheng.web.api.interface import api


def test_the_guide_names_every_operation(sign_in):
    """Readable without the internet."""
    page = sign_in().get("/api/guide").content.decode()
    for path in api.get_openapi_schema()["paths"]:
        assert path in page


def send(caller, case):
    """One made-up request."""
    asked = dict(case.query or {})
    if case.media_type == "multipart/form-data":
        fields = case.body if isinstance(case.body, dict) else {}
        data = {
            name: SimpleUploadedFile("a.xlsx", one) if isinstance(one, bytes) else str(one)
            for name, one in fields.items()
        }
        return caller.post(case.formatted_path, data, query_params=asked)
    body = json.dumps(case.body) if case.media_type else b""
    return caller.generic(
        case.method, case.formatted_path, body, "application/json", query_params=asked
    )


SCHEMA = schemathesis.openapi.from_dict(
    json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/")))
)


OPERATIONS = [one.ok() for one in SCHEMA.get_all_operations()]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: f"{one.method} {one.path}")
def test_whatever_is_asked_is_answered_as_described(as_, paper, operation):
    """Made up by schemathesis from the description: no 500, no answer that is not described."""
    caller = as_()

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(operation.as_strategy())
    def ask(case):
        answer = send(caller, case)
        if answer.streaming:
            list(answer.streaming_content)
        known = {int(code) for code in operation.definition.raw["responses"]}
        assert answer.status_code in known | {400, 404, 422, 429}

    ask()
