from django.contrib.postgres.operations import (
    BtreeGistExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations


class Migration(migrations.Migration):
    """What the database must offer before any table: extensions, and the search configuration."""

    initial = True

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        # English stems with accents forgiven; SEARCH_CONFIG in publishing/models.py names it.
        migrations.RunSQL(
            sql="""
            CREATE TEXT SEARCH CONFIGURATION portal (COPY = pg_catalog.english);
            ALTER TEXT SEARCH CONFIGURATION portal
                ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
            """,
            reverse_sql="DROP TEXT SEARCH CONFIGURATION portal;",
        ),
    ]
