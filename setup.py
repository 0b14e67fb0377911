"""What goes into the wheel; all else that is to be said of it stands in pyproject.toml.

Three names come to lie in site-packages: minzheng, filler, archive_indexer. What lies beside
them in the tree (templates, registry, config.toml, the samples of a demo) goes into
minzheng/shipped, where minzheng/county/shipped.py finds it. Decision 0022.
"""

import re
from pathlib import Path

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

PROJECT = Path(__file__).resolve().parent
SHIPPED = "minzheng.shipped"
#: Folders of the tree and what of them is taken along.
FOLDERS = (
    "registry", "templates", "docs/pictures", "tests/samples/village_folder", "tests/samples/inbox",
)  # fmt: skip
PAGES = ("*.html", "*.css", "*.js", "*.svg", "*.txt", "*.conf", "*.xcu")


def dependencies() -> list[str]:
    """What the product asks for by name, in the versions it was tested with."""
    pins = pinned((PROJECT / "requirements" / "product.lock").read_text(encoding="utf-8"))
    named = (PROJECT / "requirements" / "product.in").read_text(encoding="utf-8").splitlines()
    return [one for line in named if line and line[0] != "#" for one in pins_of(line, pins)]


def pinned(lock: str) -> dict[str, list[str]]:
    """Every version of a lock by the name of its package, each with when it is meant."""
    pins: dict[str, list[str]] = {}
    for name, rest in re.findall(r"(?m)^([\w.-]+)(==[^\\\n]+)", lock):
        pins.setdefault(name, []).append(rest.strip())
    return pins


def pins_of(line: str, pins: dict[str, list[str]]) -> list[str]:
    """`pypdf[crypto]` as `pypdf[crypto]==7.1.0`; when it is meant, the lock says, too."""
    match = re.match(r"([\w.-]+)(\[[\w,]+\])?", line)
    if match is None or match[1] not in pins:
        raise ValueError(f"requirements/product.lock has no {line}")
    return [f"{match[1]}{match[2] or ''}{one}" for one in pins[match[1]]]


class OnlyData(build_py):
    """Takes of what is shipped no Python along: it would be this file."""

    def find_package_modules(self, package: str, package_dir: str) -> list[tuple[str, str, str]]:
        """The modules of a package; what is shipped has none."""
        found: list[tuple[str, str, str]] = super().find_package_modules(package, package_dir)
        return [] if package.startswith(SHIPPED) else found


def package_of(folder: str) -> str:
    """The package as which setuptools takes a folder of the tree along."""
    return f"{SHIPPED}.{folder.replace('/', '.')}"


setup(
    packages=[
        *find_packages(str(PROJECT), include=["minzheng*", "filler*", "archive_indexer*"]),
        SHIPPED,
        *map(package_of, FOLDERS),
    ],
    package_dir={SHIPPED: "."} | {package_of(folder): folder for folder in FOLDERS},
    package_data={
        "minzheng": [f"**/{name}" for name in PAGES],
        SHIPPED: ["config.toml", "docs/使用手册.md"],
    }
    | {package_of(folder): ["**/*", "*"] for folder in FOLDERS},
    install_requires=dependencies(),
    cmdclass={"build_py": OnlyData},
)
