"""Every address of the site."""

from django.urls import path

from minzheng.web.api import interface
from minzheng.web.archive import corrections, files, result_list, saved, search
from minzheng.web.batches import batches
from minzheng.web.forms import cases, documents, fill, known_people
from minzheng.web.gate import errors
from minzheng.web.home import account, desks, keys, sign_in
from minzheng.web.inbox import inbox, inbox_paper
from minzheng.web.office import audit, jobs, people, registry, templates
from minzheng.web.oversight import checklist, completeness, coverage, traces

urlpatterns = [
    path("", desks.home, name="home"),
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-in/again", sign_in.signed_in_again, name="signed-in-again"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("account", account.account, name="account"),
    path("account/keys", keys.own_keys, name="own-keys"),
    path("account/keys/<int:number>/revoke", keys.revoke_own, name="own-key-revoke"),
    path("people", people.list_people, name="people"),
    path("people/new", people.add, name="person-new"),
    path("people/<int:number>", people.edit, name="person"),
    path("people/<int:number>/password", people.reset_password, name="person-password"),
    path("people/<int:number>/unlock", people.unlock, name="person-unlock"),
    path("tokens/<int:number>/revoke", people.revoke, name="token-revoke"),
    path("registry", registry.list_tables, name="registry"),
    path("registry/<str:name>", registry.show, name="registry-table"),
    path("registry/<str:name>/file", registry.download, name="registry-file"),
    path("registry/<str:name>/check", registry.check, name="registry-check"),
    path("registry/<str:name>/use", registry.use, name="registry-use"),
    path("registry/<str:name>/back", registry.put_back, name="registry-back"),
    path("templates", templates.list_templates, name="templates"),
    path("templates/<slug:form_id>", templates.show, name="template"),
    path("templates/<slug:form_id>/file", templates.download, name="template-file"),
    path("templates/<slug:form_id>/marked", templates.marked, name="template-marked"),
    path("templates/<slug:form_id>/check", templates.check_upload, name="template-check"),
    path("templates/<slug:form_id>/use", templates.use, name="template-use"),
    path("templates/<slug:form_id>/back", templates.put_back, name="template-back"),
    path("jobs", jobs.show, name="jobs"),
    path("jobs/live", jobs.live, name="jobs-live"),
    path("audit", audit.audit, name="audit"),
    path("audit/verify", audit.verify, name="audit-verify"),
    path("forms", fill.list_forms, name="forms"),
    path("photos/<slug:sha256>.jpg", fill.photo, name="photo"),
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
    path("documents/<int:number>/reissue", documents.reissue_word, name="reissue"),
    path("cases/<slug:case_no>", cases.show, name="case"),
    path("known", known_people.list_known, name="known-people"),
    path("known/<int:number>", known_people.show_known, name="known-person"),
    path("search", search.search, name="search"),
    path("search/ask", search.take_question, name="ask"),
    path("search/list", result_list.show, name="result-list"),
    path("search/list.<slug:kind>", result_list.download, name="result-list-file"),
    path("search/list/unmask", result_list.unmask, name="result-list-unmask"),
    path("saved", saved.list_saved, name="saved-searches"),
    path("saved/block", saved.block, name="saved-block"),
    path("saved/new", saved.save, name="saved-new"),
    path("saved/<int:number>", saved.run, name="saved-run"),
    path("saved/<int:number>/rename", saved.rename, name="saved-rename"),
    path("saved/<int:number>/remove", saved.remove, name="saved-remove"),
    path("traces", traces.traces, name="traces"),
    path("files/<int:number>", files.show, name="file"),
    path("files/<int:number>/pages/<int:page>.jpg", files.page_image, name="page-image"),
    path("files/<int:number>/original", files.original, name="original"),
    path("files/<int:number>/unmask", files.unmask, name="unmask"),
    path("files/<int:number>/correct", corrections.correct, name="correct"),
    path("corrections", corrections.corrections, name="corrections"),
    path("corrections/<int:number>/take-back", corrections.take_back, name="take-back"),
    path("api/guide", interface.guide, name="api-guide"),
    path("api/", interface.urls),
    path("checklist", checklist.checklist, name="checklist"),
    path("doubts/<slug:rule>/<slug:place>", checklist.doubts, name="doubts"),
    path("completeness", completeness.completeness, name="completeness"),
    path("completeness/xlsx", completeness.workbook, name="completeness-xlsx"),
    path(
        "completeness/files/<slug:place>/<slug:dossier>/<slug:year>",
        completeness.files,
        name="completeness-files",
    ),
    path(
        "completeness/<slug:place>/<slug:dossier>/<slug:year>",
        completeness.cell,
        name="completeness-cell",
    ),
    path("inbox", inbox.inbox, name="inbox"),
    path("inbox/live", inbox.live, name="inbox-live"),
    path("inbox/confirm", inbox.confirm, name="inbox-confirm"),
    path("inbox/retry", inbox.retry, name="inbox-retry"),
    path("inbox/<int:number>", inbox_paper.show, name="inbox-paper"),
    path("inbox/<int:number>/decide", inbox_paper.decide, name="inbox-decide"),
    path("inbox/<int:number>/<int:scan>/<int:page>.jpg", inbox_paper.page_image, name="inbox-page"),
    path("coverage", coverage.coverage, name="coverage"),
    path("coverage/live", coverage.live, name="coverage-live"),
    path("coverage/retry", coverage.retry, name="coverage-retry"),
    path("coverage/settle", coverage.settle, name="coverage-settle"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
