"""Wrong passwords are counted by name and address; the tables of django-axes stay as they were."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0008_grants_seen'),
    ]

    operations = [
        migrations.CreateModel(
            name='SignInTries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_seal', models.CharField(max_length=64)),
                ('address', models.CharField(db_index=True, max_length=50)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('last_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('name_seal', 'address'), name='one_count_a_name_and_address')],
            },
        ),
    ]
