"""An issued document printed again exactly as it was, whatever became of its template.

Older documents come out again to the byte; newer ones part by part, as machines pack differently.
"""

import hashlib

from filler.errors import RenderError
from filler.form.form_data import Printed
from filler.word.form_template import kept_template
from filler.word.property_texts import parts_of


def reissue(printed: Printed, sha256: str) -> bytes:
    """The same file as was issued, or one whose parts are all the same.

    Raises:
        RenderError: the program prints differently now; the kept file is what counts.
    """
    docx, parts = kept_template(printed).write(printed.texts, printed.qr, printed.photos)
    is_same = hashlib.sha256(docx).hexdigest() == sha256
    if not is_same and parts != parts_of(printed.texts):
        raise RenderError("重新生成的文书与当时出具的不一致。请用“已出具”中保存的原件。")
    return docx
