"""The 22 checks over a county: what was planted and found, what is found in vain, the CPU.

`python -m benchmarks.checks [--seed N] [--households 57] [--times 4]`. A seeded county of 58
villages and some 40,000 papers is written into a database of its own; all checks run over it
from nothing, then once more after one new paper. Seed 1 is for development, 2 was held back.
"""

import argparse
import json
import os
import random
import tempfile
from pathlib import Path

SEED = 2


def main() -> None:
    """Measure and print; the last line is one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--households", type=int, default=57)
    parser.add_argument("--times", type=int, default=4)
    parser.add_argument("--show", type=int, default=0, help="so many that went wrong")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _set_up(Path(folder))
        from benchmarks.checked.measured import measure  # noqa: PLC0415  # Django comes first

        print(json.dumps(measure(random.Random(options.seed), options)))


def _set_up(folder: Path) -> None:
    file = folder / "config.toml"
    file.write_text("", encoding="utf-8")
    os.environ["MINZHENG_CONFIG"] = str(file)
    os.environ["DJANGO_SETTINGS_MODULE"] = "minzheng.web.settings"
    import django  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    main()
