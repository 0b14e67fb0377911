"""A mail of Outlook's properties, wherever they lie."""

from dataclasses import dataclass, field

import pytest

from archive_indexer.extract.rare.mapi_mail import code_of, mail_of

SUBJECT, BODY, CLASS, SENDER, LONG_NAME, CONTENT = 0x37, 0x1000, 0x1A, 0x0C1A, 0x3707, 0x3701
COMPANY = 0x3A16


@dataclass
class Told:
    """Properties that a test hands in."""

    texts: dict[int, str] = field(default_factory=dict)
    contents: dict[int, bytes] = field(default_factory=dict)
    files: "list[Told]" = field(default_factory=list)
    mail: "Told | None" = None

    def text(self, number):
        return self.texts.get(number, "")

    def content(self, number):
        return self.contents.get(number, b"")

    def moment(self, number):
        return b""

    def long(self, number):
        return 0

    def numbers(self):
        return self.texts

    def people(self):
        return []

    def attached(self):
        return self.files

    def inner(self):
        return self.mail


def body_of(mail) -> str:
    return next(mail.iter_parts()).get_content()


def test_a_letter_is_a_mail_with_its_subject_and_sender():
    """As everybody else writes it."""
    mail, unread = mail_of(Told({SUBJECT: "Papers", SENDER: "a@example.org", BODY: "see below"}))
    assert (mail["Subject"], mail["From"], unread) == ("Papers", "a@example.org", ())
    assert body_of(mail).strip() == "see below"


@pytest.mark.parametrize(("kind", "is_told"), [("IPM.Contact", True), ("IPM.Note", False)])
def test_what_is_no_letter_tells_all_its_words(kind, is_told):
    """The office and the telephones of a person."""
    mail, _ = mail_of(Told({CLASS: kind, BODY: "note", COMPANY: "民政局"}))
    assert ("民政局" in body_of(mail)) == is_told


def test_an_attached_thing_that_is_neither_file_nor_mail_is_counted():
    """A file and a mail are parts of the mail."""
    file = Told({LONG_NAME: "a.txt"}, {CONTENT: b"x"})
    mail, unread = mail_of(Told({}, {}, [file, Told(mail=Told({SUBJECT: "inner"})), Told()]))
    names = [part.get_filename() for part in mail.iter_parts()]
    assert names == [None, "a.txt", "邮件.eml"]
    assert unread == ("含 1 个嵌入的文件或对象，未识别",)


@pytest.mark.parametrize(("page", "name"), [(936, "gbk"), (54936, "gb18030"), (0, ""), (9, "")])
def test_a_code_page_of_windows_has_a_name_here(page, name):
    """Where nothing is called so, none."""
    assert code_of(page) == name
