"""Machines join the run of the main one, and answer nothing while their share is away."""

from dataclasses import replace

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from minzheng.external.shared_folder import RUN, NotJoinedError, begin_run, key_of_run
from minzheng.web.gate import run_key as keys
from minzheng.web.gate import shared_run
from minzheng.web.gate.office import config
from minzheng.web.gate.run_key import run_key
from minzheng.web.gate.shared_run import SharedFolderFirst, join_run, lead_run


@pytest.fixture
def many(monkeypatch, tmp_path):
    """The settings of one of many machines."""
    monkeypatch.setattr(keys, "_shared", [])
    changed = replace(config(), machine="pages", data_folder=tmp_path)
    monkeypatch.setattr(shared_run, "config", lambda: changed)
    return changed


def test_whoever_joins_has_the_key_of_the_main_machine(many, monkeypatch):
    """Also when that begins anew."""
    lead_run(many)
    first = run_key()
    monkeypatch.setattr(keys, "_shared", [])
    assert run_key() != first
    join_run(many)
    assert run_key() == first == key_of_run(many.data_folder)
    lead_run(many)
    assert run_key() != first


def test_a_folder_that_belongs_to_other_tables_is_not_joined(many):
    """It is an old copy, or another office's."""
    lead_run(many)
    begin_run(many.data_folder)
    with pytest.raises(NotJoinedError, match="不是同一套"):
        join_run(many)


@pytest.mark.parametrize(
    ("path", "more"), [("/", {}), ("/x", {"HTTP_HX_REQUEST": "true"}), ("/api/search", {})]
)
def test_nothing_is_answered_while_the_share_is_away(many, monkeypatch, path, more):
    """It is said, and over when the share is back."""
    monkeypatch.setattr(shared_run, "_LOOK_SECONDS", 0.0)
    answer = SharedFolderFirst(lambda request: HttpResponse("here"))
    request = RequestFactory().get(path, **more)
    said = answer(request)
    assert said.status_code == 503
    assert "共享文件夹" in said.content.decode()
    monkeypatch.setattr(shared_run, "_LOOK_SECONDS", 240.0)
    begin_run(many.data_folder)
    assert answer(request).content == b"here"
    (many.data_folder / RUN).unlink()
    assert answer(request).content == b"here"  # looked for now and then


def test_one_machine_alone_looks_for_no_share():
    """There is none."""
    answer = SharedFolderFirst(lambda request: HttpResponse("here"))
    assert answer(RequestFactory().get("/")).content == b"here"
