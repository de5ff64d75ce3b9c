"""What cannot be true of an application; its contact person is one of its people."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0008_application_contacts_as_people"),
    ]

    operations = [
        # So that the migration can be taken back where there are rows.
        migrations.AlterField("application", "contact_name", models.CharField(blank=True, max_length=150)),
        migrations.AlterField("historicalapplication", "contact_name", models.CharField(blank=True, max_length=150)),
        migrations.RemoveField(
            model_name="application",
            name="contact_function",
        ),
        migrations.RemoveField(
            model_name="application",
            name="contact_name",
        ),
        migrations.RemoveField(
            model_name="historicalapplication",
            name="contact_function",
        ),
        migrations.RemoveField(
            model_name="historicalapplication",
            name="contact_name",
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at", None), ("state", "begun")),
                    models.Q(
                        models.Q(("state", "begun"), _negated=True), ("sent_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="members_sent_has_its_moment",
                violation_error_message="What was sent has the moment at which it was sent.",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "begun"),
                    models.Q(
                        models.Q(("kind", ""), _negated=True),
                        models.Q(("category", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="members_sent_asks_for_a_category",
                violation_error_message="What was sent says its kind and the category.",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", False), ("state__in", ["accepted", "declined"])
                    ),
                    models.Q(
                        models.Q(("state__in", ["accepted", "declined"]), _negated=True),
                        ("decided_at", None),
                    ),
                    _connector="OR",
                ),
                name="members_decided_has_its_moment",
                violation_error_message="What is decided has the moment of the decision.",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("anonymised_at", None),
                    models.Q(("email", ""), ("motivation", ""), ("state", "declined")),
                    _connector="OR",
                ),
                name="members_anonymised_is_declined",
                violation_error_message="Only a declined application is anonymised, and then holds no mail address.",
            ),
        ),
    ]
