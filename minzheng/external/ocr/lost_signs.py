"""A sign of a short word that the quick model does not see at all: of 吕义 it is sure of 义.

Nothing in its reading tells of it: what was read is sure, and a single sign may be a name's
rest. The line tells: it is broader than its signs. Signs set wide apart are no such line.

Measured on drawn papers (lines 48 pixels high, seven fonts, clean to noisy): lines of one
sign are up to 55 pixels broad, of two 62–84, of three 87–113, of four 115–151.
"""

import re
from itertools import pairwise

from minzheng.external.ocr.line_boxes import Image
from minzheng.external.ocr.ocr_models import Reading

_WORD = re.compile("[㐀-鿿]{1,3}")
_MARGINS, _SIGN = 28, 30  #: pixels of a line: around its signs, and for each of them
_APART = 46  #: pixels from sign to sign: then they are set apart


def may_lack_a_sign(crop: Image, reading: Reading) -> bool:
    """Whether a word of a few signs has room for one more, before or behind them."""
    if not _WORD.fullmatch("".join(one.text for one in reading)):
        return False
    is_broad = crop.shape[1] >= _MARGINS + _SIGN * len(reading)
    return is_broad and all(after.at - before.at < _APART for before, after in pairwise(reading))
