"""Another system sends a roster and fetches what was made of it."""

from django.core.files.uploadedfile import SimpleUploadedFile

from minzheng.web.batches.batch_worker import run_next
from minzheng.web.gate.office import config
from tests.filler.rosters import as_bytes
from tests.web.batches.conftest import book


def test_a_roster_is_sent_checked_issued_and_fetched(as_):
    """The way of another system, with the worker beside it."""
    caller = as_()
    upload = SimpleUploadedFile("名单.xlsx", as_bytes(book()))
    made = caller.post("/api/batches", {"form_id": "ZF-01", "roster": upload})
    assert made.status_code == 201, made.content.decode()
    address = f"/api/batches/{made.json()['number']}"
    assert made.json()["state"] == "核对中"
    assert run_next(config())
    checked = caller.get(address).json()
    assert (checked["state"], checked["total"], checked["refused"]) == ("已核对", 3, 1)
    assert "联系电话" in {one["where"] for one in checked["problems"]}
    started = caller.post(f"{address}/start", '{"merge": false}', "application/json")
    assert started.json()["state"] == "排队中"
    assert run_next(config())
    done = caller.get("/api/batches").json()[0]
    assert (done["state"], done["issued"], "zip" in done["files"]) == ("已完成", 2, True)
    assert caller.get(f"{address}/files/zip").getvalue().startswith(b"PK")
    stranger = as_()
    assert stranger.get(address).status_code == 404
    assert stranger.get(f"{address}/files/zip").status_code == 404
