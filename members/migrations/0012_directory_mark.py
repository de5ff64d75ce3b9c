import uuid

from django.db import migrations, models

# Once a statement, not once a row: what is written in portions would else raise the generation number
# as often, and each time walk over all the versions of that one row.
HAS_MEMBERSHIP = """
DROP TRIGGER members_membership_changed ON members_membership;
DROP FUNCTION members_membership_changed;

CREATE FUNCTION members_membership_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE members_organisation SET has_membership = true
    WHERE id IN (SELECT organisation_id FROM added) AND NOT has_membership;
    RETURN NULL;
END $$;
CREATE TRIGGER members_membership_added AFTER INSERT ON members_membership
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION members_membership_added();

-- The organisation's own trigger sees whether it has another one.
CREATE FUNCTION members_membership_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE members_organisation SET has_membership = false
    WHERE id IN (SELECT organisation_id FROM removed);
    RETURN NULL;
END $$;
CREATE TRIGGER members_membership_removed AFTER DELETE ON members_membership
    REFERENCING OLD TABLE AS removed
    FOR EACH STATEMENT EXECUTE FUNCTION members_membership_removed();

CREATE FUNCTION members_membership_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE members_organisation SET has_membership = false
    WHERE id IN (SELECT organisation_id FROM removed EXCEPT SELECT organisation_id FROM added)
       OR id IN (SELECT organisation_id FROM added EXCEPT SELECT organisation_id FROM removed);
    RETURN NULL;
END $$;
CREATE TRIGGER members_membership_moved AFTER UPDATE ON members_membership
    REFERENCING OLD TABLE AS removed NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION members_membership_moved();
"""
HAS_MEMBERSHIP_REVERSE = """
DROP TRIGGER members_membership_moved ON members_membership;
DROP FUNCTION members_membership_moved;
DROP TRIGGER members_membership_removed ON members_membership;
DROP FUNCTION members_membership_removed;
DROP TRIGGER members_membership_added ON members_membership;
DROP FUNCTION members_membership_added;

CREATE FUNCTION members_membership_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        UPDATE members_organisation SET has_membership = false WHERE id = OLD.organisation_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        UPDATE members_organisation SET has_membership = true WHERE id = NEW.organisation_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER members_membership_changed
    AFTER INSERT OR DELETE OR UPDATE OF organisation_id ON members_membership
    FOR EACH ROW EXECUTE FUNCTION members_membership_changed();
"""

MARK = """
CREATE FUNCTION members_set_directory_mark() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO members_directorymark (id, mark) VALUES (1, gen_random_uuid())
    ON CONFLICT (id) DO UPDATE SET mark = excluded.mark;
    RETURN NULL;
END $$;
"""
TABLES = ("organisation", "membership", "network", "networkmember")
# Before the statement, after the generation number's trigger by its name: so that two editors lock
# the two rows in one order.
TRIGGER = """
CREATE TRIGGER members_directory_mark
BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON members_{table}
FOR EACH STATEMENT EXECUTE FUNCTION members_set_directory_mark();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0011_spreadsheets"),
    ]

    operations = [
        migrations.CreateModel(
            name="DirectoryMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mark", models.UUIDField(default=uuid.uuid4)),
            ],
            options={
                "verbose_name": "mark of the directory",
                "verbose_name_plural": "marks of the directory",
            },
        ),
        migrations.RunSQL(HAS_MEMBERSHIP, HAS_MEMBERSHIP_REVERSE),
        migrations.RunSQL(
            MARK + "".join(TRIGGER.format(table=table) for table in TABLES),
            "".join(
                f"DROP TRIGGER members_directory_mark ON members_{table};" for table in TABLES
            )
            + "DROP FUNCTION members_set_directory_mark;",
        ),
    ]
