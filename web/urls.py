"""Every address of the site."""

from django.urls import path

from web.api import interface
from web.views import (
    account,
    audit,
    batches,
    cases,
    coverage,
    documents,
    errors,
    files,
    fill,
    home,
    known_people,
    people,
    search,
    sign_in,
    traces,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-in/again", sign_in.signed_in_again, name="signed-in-again"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("account", account.account, name="account"),
    path("people", people.list_people, name="people"),
    path("people/new", people.add, name="person-new"),
    path("people/<int:number>", people.edit, name="person"),
    path("people/<int:number>/password", people.reset_password, name="person-password"),
    path("people/<int:number>/unlock", people.unlock, name="person-unlock"),
    path("people/<int:number>/tokens", people.issue, name="token-new"),
    path("tokens/<int:number>/revoke", people.revoke, name="token-revoke"),
    path("audit", audit.audit, name="audit"),
    path("audit/verify", audit.verify, name="audit-verify"),
    path("forms", fill.list_forms, name="forms"),
    path("forms/<slug:form_id>", fill.fill, name="fill"),
    path("forms/<slug:form_id>/preview", fill.preview_form, name="preview"),
    path("forms/<slug:form_id>/blank", fill.blank, name="blank"),
    path("forms/<slug:form_id>/roster", batches.roster, name="roster"),
    path("batches", batches.batches, name="batches"),
    path("batches/<int:number>", batches.batch, name="batch"),
    path("batches/<int:number>/progress", batches.progress, name="batch-progress"),
    path("batches/<int:number>/start", batches.start, name="batch-start"),
    path("batches/<int:number>/roster", batches.mend, name="batch-mend"),
    path("batches/<int:number>/remove", batches.remove, name="batch-remove"),
    path("batches/<int:number>/<slug:what>", batches.download, name="batch-download"),
    path("documents", documents.list_documents, name="documents"),
    path("documents/<int:number>", documents.show, name="document"),
    path("documents/<int:number>/word", documents.word, name="word"),
    path("cases/<slug:case_no>", cases.show, name="case"),
    path("known", known_people.list_known, name="known-people"),
    path("known/<int:number>", known_people.show_known, name="known-person"),
    path("search", search.search, name="search"),
    path("traces", traces.traces, name="traces"),
    path("files/<int:number>", files.show, name="file"),
    path("files/<int:number>/pages/<int:page>.jpg", files.page_image, name="page-image"),
    path("files/<int:number>/original", files.original, name="original"),
    path("files/<int:number>/unmask", files.unmask, name="unmask"),
    path("api/guide", interface.guide, name="api-guide"),
    path("api/", interface.urls),
    path("coverage", coverage.coverage, name="coverage"),
    path("coverage/live", coverage.live, name="coverage-live"),
    path("coverage/retry", coverage.retry, name="coverage-retry"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
