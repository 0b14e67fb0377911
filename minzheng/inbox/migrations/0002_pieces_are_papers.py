"""A piece is called a paper, as everywhere else; tables and columns stay as they are."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inbox", "0001_inbox")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[],
            state_operations=[
                migrations.RenameModel("Piece", "Paper"),
                migrations.AlterModelTable("Paper", "inbox_piece"),
                migrations.RenameModel("PiecePage", "PaperPage"),
                migrations.AlterModelTable("PaperPage", "inbox_piecepage"),
                migrations.RenameField("PaperPage", "piece", "paper"),
                migrations.RenameField("LaidFile", "piece", "paper"),
                migrations.AlterModelOptions("PaperPage", {"ordering": ["paper", "position"]}),
                migrations.AlterField(
                    "PaperPage",
                    "paper",
                    models.ForeignKey(
                        db_column="piece_id",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pages",
                        to="inbox.paper",
                    ),
                ),
                migrations.AlterField(
                    "LaidFile",
                    "paper",
                    models.ForeignKey(
                        db_column="piece_id",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="inbox.paper",
                    ),
                ),
            ],
        ),
    ]
