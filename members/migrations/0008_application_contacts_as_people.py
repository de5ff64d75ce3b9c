"""The contact person of each application becomes the first of its people; moments are made whole."""

from django.db import migrations
from django.db.models import F
from django.db.models.functions import Coalesce

DECIDED = ["accepted", "declined"]


def contacts_to_people(apps, _schema_editor):
    application = apps.get_model("members", "Application")
    person = apps.get_model("members", "ApplicationPerson")
    for one in application.objects.exclude(contact_name=""):
        person.objects.create(
            application=one, name=one.contact_name, function=one.contact_function,
            email=one.email, is_main=True, consented_at=one.begun_at,
        )  # fmt: skip
    sent = application.objects.exclude(state="begun")
    sent.update(
        sent_at=Coalesce("sent_at", "begun_at"), waits_since=Coalesce("sent_at", "begun_at")
    )
    application.objects.filter(state="begun").update(sent_at=None)
    application.objects.filter(state__in=DECIDED).update(
        decided_at=Coalesce("decided_at", "begun_at")
    )
    application.objects.exclude(state__in=DECIDED).update(decided_at=None)
    application.objects.update(saved_at=F("begun_at"))


def people_to_contacts(apps, _schema_editor):
    person = apps.get_model("members", "ApplicationPerson")
    for one in person.objects.filter(is_main=True).select_related("application"):
        one.application.contact_name = one.name
        one.application.contact_function = one.function
        one.application.save()


class Migration(migrations.Migration):
    dependencies = [("members", "0007_applications_in_full")]

    operations = [migrations.RunPython(contacts_to_people, people_to_contacts)]
