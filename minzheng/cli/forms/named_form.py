"""The form a command was given; of one that is not there, what may have been meant."""

from filler.errors import UnknownFormError
from filler.form.forms import FormSpec
from filler.spec.find_forms import find_forms, nearest_forms
from filler.spec.form_catalogue import Catalogue

_MOST = 5


def named_form(catalogue: Catalogue, written: str) -> FormSpec:
    """The form with this id.

    Raises:
        UnknownFormError: naming those that are called so, or nearly so.
    """
    if written.strip().upper() in catalogue.by_id:
        return catalogue.form(written)
    names = {one.code: one.short_name for one in catalogue.county.dossiers.all}
    meant = find_forms(catalogue.forms, written, names) or nearest_forms(catalogue.forms, written)
    shown = "、".join(f"{one.id} {one.short_title}" for one in meant[:_MOST])
    more = f"等 {len(meant)} 张" if len(meant) > _MOST else ""
    like = f"是否为：{shown}{more}。" if shown else ""
    raise UnknownFormError(
        f"没有“{written}”这张表，要写编号，如 DB-01。{like}minzheng forms 列出全部。"
    )
