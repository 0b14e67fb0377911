"""Every address of the site."""

from django.urls import path

from web.views import batches, coverage, documents, errors, files, fill, home, search, sign_in

urlpatterns = [
    path("", home.home, name="home"),
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
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
    path("search", search.search, name="search"),
    path("files/<int:number>", files.show, name="file"),
    path("files/<int:number>/pages/<int:page>.jpg", files.page_image, name="page-image"),
    path("files/<int:number>/original", files.original, name="original"),
    path("coverage", coverage.coverage, name="coverage"),
    path("coverage/live", coverage.live, name="coverage-live"),
    path("coverage/retry", coverage.retry, name="coverage-retry"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
