"""Run a program that can reach no network: Linux refuses it every socket but local ones.

    python -m minzheng.external.offline PROGRAM WORDS…

A filter of system calls needs no rights, holds for all children and cannot be taken off.
Where there is none (other systems, other processors) the program runs without it.
"""

import ctypes
import errno
import os
import platform
import sys
from dataclasses import dataclass

_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2  #: of prctl(2)
_LOAD, _IF_EQUAL, _GIVE = 0x20, 0x15, 0x06  #: instructions of the filter
_NUMBER, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16  #: where a call tells them
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
_LOCAL_SOCKETS = 1
_IO_URING_SETUP = 425  #: opens sockets past the filter


@dataclass(frozen=True, slots=True)
class _Machine:
    """How a processor's system calls are numbered."""

    audit: int
    socket: int


_MACHINES = {"x86_64": _Machine(0xC000003E, 41), "aarch64": _Machine(0xC00000B7, 198)}


class _Step(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_ushort),
        ("jump_true", ctypes.c_ubyte),
        ("jump_false", ctypes.c_ubyte),
        ("value", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.POINTER(_Step)))


def leave_network() -> bool:
    """Refuse this process and all it starts every way out; whether the system can."""
    machine = _MACHINES.get(platform.machine())
    if sys.platform != "linux" or machine is None:
        return False
    steps = (
        (_LOAD, 0, 0, _MACHINE),
        (_IF_EQUAL, 0, 5, machine.audit),
        (_LOAD, 0, 0, _NUMBER),
        (_IF_EQUAL, 4, 0, _IO_URING_SETUP),
        (_IF_EQUAL, 0, 2, machine.socket),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_IF_EQUAL, 0, 1, _LOCAL_SOCKETS),
        (_GIVE, 0, 0, _ALLOW),
        (_GIVE, 0, 0, _REFUSE),
    )
    array = (_Step * len(steps))(*(_Step(*step) for step in steps))
    program = _Program(len(steps), array)
    system = ctypes.CDLL(None)
    if system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(system.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program)) == 0)


def main(words: list[str]) -> None:
    """Become the program, without network where that can be had."""
    leave_network()
    os.execvp(words[0], words)  # the program is named by our own code


if __name__ == "__main__":
    main(sys.argv[1:])
