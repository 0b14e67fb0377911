"""A sign of a short word that the quick model does not see at all: of 吕义 it is sure of 义.

Nothing in its reading tells of it: what was read is sure, and a single sign may be a name's
rest. The line tells: it is broader than its signs. Signs set wide apart are no such line.

Measured on drawn papers (lines 48 pixels high, seven fonts, clean to noisy): lines of one
sign are up to 55 pixels broad, of two 62–84, of three 87–113, of four 115–151.
"""

import re
from itertools import pairwise

import cv2
import numpy as np

from minzheng.external.ocr.line_boxes import Image
from minzheng.external.ocr.ocr_models import Reading

_WORD = re.compile("[㐀-鿿]{1,3}")
_MARGINS, _SIGN = 28, 30  #: pixels of a line: around its signs, and for each of them
_APART = 46  #: pixels from sign to sign: then they are set apart
_OWN = 28  #: pixels on either side of the middle of a sign, as well as a model tells it
_INKED = 0.25  #: of the way from paper to the darkest ink
_LEAST_CONTRAST = 40  #: grey levels of that way
_HIGHEST = 36  #: pixels of a sign in its line; more is a wall beside it
_BROADER = 0.3  #: of a sign, to which its ink may be broader than high


def may_lack_a_sign(crop: Image, reading: Reading) -> bool:
    """Whether a word of a few signs has room and ink for one more, before or behind them."""
    if not _WORD.fullmatch("".join(one.text for one in reading)):
        return False
    is_broad = crop.shape[1] >= _MARGINS + _SIGN * len(reading)
    is_word = all(after.at - before.at < _APART for before, after in pairwise(reading))
    return is_broad and is_word and _has_ink_beside(crop, reading)


def _has_ink_beside(crop: Image, reading: Reading) -> bool:
    """Whether ink is broader than the signs, or far from them; so it is where it is hardly seen."""
    grey = cv2.blur(cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY), (3, 3))
    darkest, paper = int(grey.min()), int(np.median(grey))
    if paper - darkest < _LEAST_CONTRAST:
        return True
    ink = grey < paper - _INKED * (paper - darkest)
    columns, rows = np.flatnonzero(ink.any(axis=0)), np.flatnonzero(ink.any(axis=1))
    high = min(_HIGHEST, int(rows[-1] - rows[0]) + 1)
    if columns[-1] - columns[0] >= (len(reading) + _BROADER) * high:
        return True
    return bool(columns[0] < reading[0].at - _OWN or columns[-1] > reading[-1].at + _OWN)
