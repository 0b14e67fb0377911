"""`minzheng roster`: the spreadsheet a village fills for a batch."""

from argparse import Namespace

from filler.roster.write_roster import make_roster
from filler.spec.checked_specs import checked_catalogue
from minzheng.cli.forms.named_form import named_form
from minzheng.cli.output import write_file
from minzheng.county.settings.all_settings import Config
from minzheng.external.checked_county import checked_county


def run(args: Namespace, config: Config) -> int:
    """Write the roster template of a form."""
    spec = named_form(checked_catalogue(config, checked_county(config)), args.form)
    write_file(args.out, make_roster(spec, config.bureau))
    print(
        f"已生成 {args.out}：《{spec.short_title}》花名册模板。填好后用 minzheng batch 批量出具。"
    )
    return 0
