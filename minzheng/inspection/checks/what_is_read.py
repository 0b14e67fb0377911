"""Which fields and columns of our forms the checks read; no others are kept beside them."""

#: The day a paper is of: the first of these that it tells.
DAYS = (
    "c_date", "decide_date", "as_of", "pay_date", "pay_to", "until", "review_date", "post_date",
    "pub_start", "meet_date", "survey_date", "visit_date", "death_date", "relief_date",
    "issue_date", "accept_date", "apply_date", "sign_date", "fill_date", "made_on", "report_date",
    "obj_date", "check_date",
)  # fmt: skip
VALUES = frozenset({
    *DAYS,
    # whom
    "name", "id_no", "gender", "beneficiary", "ben_id", "addressee", "b_name", "b_id", "c_name",
    "c_id", "staff_name", "staff_id", "staff_post", "guardian", "guardian_id", "head",
    # which case and what was decided
    "scheme", "notice_no", "decision", "category", "class", "insured_count", "hh_size",
    "month_amount", "c_amount", "ok_amount", "relief_amount", "new_amount", "new_insured",
    "start_month", "effective_month", "stop_month", "relative_decl", "relative_filed",
    "t_date", "v_date", "f_date", "b_date", "e_date", "stop_cause",
    # notices
    "pub_end", "down_date", "photo_time", "photo_near", "photo_far", "result", "pub_result",
    "total_hh", "total_person", "total_amount", "sum_hh", "sum_person", "sum_amount", "batch",
    "period", "pay_period", "month", "place", "remark", "tpl_ver",
    # meetings
    "group_total", "present", "present_reps", "chair", "chair_post", "discussion", "photo",
    # relief, subsidies, agreements
    "hard_type", "relief_type", "town_limit", "supp_due", "supp_date", "late_reason", "opening",
    "dis_cert", "dis_type", "dis_level", "cert_valid_to", "kinds", "kind", "receive_date",
    "from_date", "to_date", "dossier", "year", "box_no", "campaign", "interval", "support_form",
})  # fmt: skip
COLUMNS = frozenset({
    "name", "head", "id_no", "m_name", "m_id", "m_insured", "m_gender", "s_name", "s_id",
    "a_name", "a_id", "obj_name", "obj_id", "obj_scheme", "gender", "hh_size", "insured",
    "persons", "amount", "month_amount", "std", "total", "quarter", "start_month", "village",
    "relief_type", "reason_general", "decide_date", "pay_date", "d", "age", "band", "alive",
    "dis_cert", "dis_level", "kind", "c_name", "c_yes", "c_no", "c_abs", "c_pass", "p_name",
    "p_ident", "p_avoid", "p_should", "p_has", "p_problem", "person", "summary", "balance",
    "amount_in", "amount_out", "c_hh", "c_n", "c_a", "t_hh", "t_n", "t_a", "v_hh", "v_n", "v_a",
    "same", "why", "fixed", "archive_no", "title", "pages", "problem_no", "measure", "deadline",
    "status", "done_date", "evidence", "verifier", "verify_date", "close_date", "e_scheme",
    "class", "category", "relative_filed", "remark", "al_name", "al_alive", "item", "author",
})  # fmt: skip
#: Fields of a notice that anybody may read numbers in: telephones of offices.
OPEN_NUMBERS = ("phone_v", "phone_t", "phone_c", "监督电话", "举报电话", "咨询电话", "联系电话")
#: Notices that are put up: before a decision, of what was decided, of what is paid.
NOTICES = ("COM-05", "GS-01", "GS-03", "GS-04")
REPORT = "COM-06"

_SCHEMES = frozenset(
    ("DB", "TK", "LS", "YL", "CB", "GL", "YF", "ET", "LR", "JZ", "ZF", "BZ", "ZZ", "ZH", "GS")
)
_OF_NOTICES = {
    "低保": "DB", "特困": "TK", "临时救助": "LS", "医疗救助": "YL", "残疾人两项补贴": "CB",
    "高龄补贴": "GL", "低保边缘家庭": "ZF", "刚性支出困难家庭": "ZF", "特困供养": "TK",
    "最低生活保障": "DB",
}  # fmt: skip


def is_scheme_code(code: str) -> bool:
    """Whether a case number begins with the code of a dossier."""
    return code in _SCHEMES


def code_of(scheme: str) -> str:
    """The dossier a notice's scheme is of."""
    return _OF_NOTICES.get(scheme, "")
