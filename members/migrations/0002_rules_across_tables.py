from django.db import migrations

# A coordinator is in its network on every day of its coordination: a temporal foreign key.
COORDINATION = """
ALTER TABLE members_networkmember ADD CONSTRAINT members_network_place
    UNIQUE (network_id, organisation_id, during WITHOUT OVERLAPS);
ALTER TABLE members_networkcoordination ADD CONSTRAINT members_coordinator_in_network
    FOREIGN KEY (network_id, organisation_id, PERIOD during)
    REFERENCES members_networkmember (network_id, organisation_id, PERIOD during)
    DEFERRABLE INITIALLY IMMEDIATE;
"""
COORDINATION_REVERSE = """
ALTER TABLE members_networkcoordination DROP CONSTRAINT members_coordinator_in_network;
ALTER TABLE members_networkmember DROP CONSTRAINT members_network_place;
"""

# The alliance is no member of itself, and a regional member has a region: foreign keys that carry
# the deciding flag. `needs_region` is null, and so unchecked, for the other categories.
FLAGS = """
ALTER TABLE members_organisation
    ADD COLUMN has_region boolean GENERATED ALWAYS AS (region <> '') STORED,
    ADD CONSTRAINT members_organisation_alliance_flag UNIQUE (id, is_alliance),
    ADD CONSTRAINT members_organisation_region_flag UNIQUE (id, has_region);
ALTER TABLE members_membership
    ADD COLUMN of_alliance boolean GENERATED ALWAYS AS (false) STORED,
    ADD COLUMN needs_region boolean
        GENERATED ALWAYS AS (CASE WHEN category = 'regional' THEN true END) STORED,
    ADD CONSTRAINT members_alliance_is_no_member
        FOREIGN KEY (organisation_id, of_alliance)
        REFERENCES members_organisation (id, is_alliance),
    ADD CONSTRAINT members_regional_has_region
        FOREIGN KEY (organisation_id, needs_region)
        REFERENCES members_organisation (id, has_region) DEFERRABLE INITIALLY IMMEDIATE;
"""
FLAGS_REVERSE = """
ALTER TABLE members_membership
    DROP CONSTRAINT members_regional_has_region,
    DROP CONSTRAINT members_alliance_is_no_member,
    DROP COLUMN needs_region, DROP COLUMN of_alliance;
ALTER TABLE members_organisation
    DROP CONSTRAINT members_organisation_region_flag,
    DROP CONSTRAINT members_organisation_alliance_flag,
    DROP COLUMN has_region;
"""

# Which address an organisation's page has: kept with its memberships, whoever writes them.
HAS_MEMBERSHIP = """
CREATE FUNCTION members_set_has_membership() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.has_membership := EXISTS (
        SELECT FROM members_membership WHERE organisation_id = NEW.id
    );
    RETURN NEW;
END $$;
CREATE TRIGGER members_set_has_membership BEFORE INSERT OR UPDATE ON members_organisation
    FOR EACH ROW EXECUTE FUNCTION members_set_has_membership();

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
HAS_MEMBERSHIP_REVERSE = """
DROP TRIGGER members_membership_changed ON members_membership;
DROP FUNCTION members_membership_changed;
DROP TRIGGER members_set_has_membership ON members_organisation;
DROP FUNCTION members_set_has_membership;
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial")]

    operations = [
        migrations.RunSQL(COORDINATION, COORDINATION_REVERSE),
        migrations.RunSQL(FLAGS, FLAGS_REVERSE),
        migrations.RunSQL(HAS_MEMBERSHIP, HAS_MEMBERSHIP_REVERSE),
    ]
