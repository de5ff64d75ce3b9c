from django.db import migrations

# The directory is filtered by group: see migration 0005 of members.
TABLES = ("workinggroup", "participation")
TRIGGER = """
CREATE TRIGGER members_directory_mark
BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON working_groups_{table}
FOR EACH STATEMENT EXECUTE FUNCTION members_set_directory_mark();
"""


class Migration(migrations.Migration):
    dependencies = [("working_groups", "0003_prominence"), ("members", "0012_directory_mark")]

    operations = [
        migrations.RunSQL(
            "".join(TRIGGER.format(table=table) for table in TABLES),
            "".join(
                f"DROP TRIGGER members_directory_mark ON working_groups_{table};"
                for table in TABLES
            ),
        ),
    ]
