from django.db import migrations

# The flag that the exclusion constraint on chairs reads is the group's own, always.
ONE_CHAIR = """
ALTER TABLE working_groups_workinggroup
    ADD CONSTRAINT working_groups_one_chair_flag UNIQUE (id, one_chair);
ALTER TABLE working_groups_role
    ADD CONSTRAINT working_groups_role_carries_flag
        FOREIGN KEY (group_id, group_has_one_chair)
        REFERENCES working_groups_workinggroup (id, one_chair) ON UPDATE CASCADE;
"""
ONE_CHAIR_REVERSE = """
ALTER TABLE working_groups_role DROP CONSTRAINT working_groups_role_carries_flag;
ALTER TABLE working_groups_workinggroup DROP CONSTRAINT working_groups_one_chair_flag;
"""


class Migration(migrations.Migration):
    dependencies = [("working_groups", "0001_initial")]

    operations = [migrations.RunSQL(ONE_CHAIR, ONE_CHAIR_REVERSE)]
