"""What an application holds: people, documents, messages, links; its own mail address."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import members.models.applications


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0006_indexes_for_duplicates"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ApplicationDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="As the sender called it.", max_length=120, verbose_name="name"
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        upload_to=members.models.applications.document_path, verbose_name="file"
                    ),
                ),
                (
                    "size",
                    models.PositiveBigIntegerField(help_text="In bytes.", verbose_name="size"),
                ),
                (
                    "added_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="added"),
                ),
            ],
            options={
                "verbose_name": "document",
                "verbose_name_plural": "documents",
                "ordering": ["added_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ApplicationKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "made_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
            ],
            options={
                "verbose_name": "link to an application",
                "verbose_name_plural": "links to applications",
            },
        ),
        migrations.CreateModel(
            name="ApplicationMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_office", models.BooleanField(verbose_name="from the office")),
                ("text", models.TextField(verbose_name="text")),
                (
                    "written_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="written"),
                ),
            ],
            options={
                "verbose_name": "message",
                "verbose_name_plural": "messages",
                "ordering": ["written_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ApplicationPerson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                ("function", models.CharField(blank=True, max_length=150, verbose_name="function")),
                ("email", models.EmailField(max_length=254, verbose_name="mail address")),
                ("is_main", models.BooleanField(default=False, verbose_name="main contact")),
                (
                    "consented_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="agreed to be stored"
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
                "ordering": ["-is_main", "pk"],
            },
        ),
        migrations.RenameField(
            model_name="application", old_name="contact_email", new_name="email"
        ),
        migrations.RenameField(
            model_name="historicalapplication", old_name="contact_email", new_name="email"
        ),
        migrations.AddField(
            model_name="application",
            name="acronym",
            field=models.CharField(blank=True, max_length=40, verbose_name="acronym"),
        ),
        migrations.AddField(
            model_name="application",
            name="anonymised_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="anonymised"
            ),
        ),
        migrations.AlterField(
            model_name="application",
            name="email",
            field=models.EmailField(
                max_length=254, verbose_name="mail address for this application"
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="native_name",
            field=models.CharField(
                blank=True, max_length=200, verbose_name="name in its own language"
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="saved_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, editable=False, verbose_name="last saved"
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="waits_since",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="waits since"
            ),
        ),
        migrations.AddField(
            model_name="historicalapplication",
            name="acronym",
            field=models.CharField(blank=True, max_length=40, verbose_name="acronym"),
        ),
        migrations.AddField(
            model_name="historicalapplication",
            name="anonymised_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="anonymised"
            ),
        ),
        migrations.AlterField(
            model_name="historicalapplication",
            name="email",
            field=models.EmailField(
                max_length=254, verbose_name="mail address for this application"
            ),
        ),
        migrations.AddField(
            model_name="historicalapplication",
            name="native_name",
            field=models.CharField(
                blank=True, max_length=200, verbose_name="name in its own language"
            ),
        ),
        migrations.AddField(
            model_name="historicalapplication",
            name="saved_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, editable=False, verbose_name="last saved"
            ),
        ),
        migrations.AddField(
            model_name="historicalapplication",
            name="waits_since",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="waits since"
            ),
        ),
        migrations.AlterField(
            model_name="application",
            name="category",
            field=models.CharField(
                blank=True,
                choices=[
                    ("full", "full"),
                    ("sponsored", "sponsored"),
                    ("regional", "regional"),
                    ("not_on_record", "not on record"),
                ],
                max_length=13,
                verbose_name="category asked for",
            ),
        ),
        migrations.AlterField(
            model_name="application",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="decided by",
            ),
        ),
        migrations.AlterField(
            model_name="application",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("national_association", "national association"),
                    ("regional_association", "regional association"),
                    ("cluster", "cluster"),
                    ("chamber", "chamber"),
                    ("innovation_hub", "innovation hub"),
                    ("company", "company"),
                    ("public_body", "public body"),
                    ("other", "other"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="historicalapplication",
            name="category",
            field=models.CharField(
                blank=True,
                choices=[
                    ("full", "full"),
                    ("sponsored", "sponsored"),
                    ("regional", "regional"),
                    ("not_on_record", "not on record"),
                ],
                max_length=13,
                verbose_name="category asked for",
            ),
        ),
        migrations.AlterField(
            model_name="historicalapplication",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("national_association", "national association"),
                    ("regional_association", "regional association"),
                    ("cluster", "cluster"),
                    ("chamber", "chamber"),
                    ("innovation_hub", "innovation hub"),
                    ("company", "company"),
                    ("public_body", "public body"),
                    ("other", "other"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.AddField(
            model_name="applicationdocument",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="documents",
                to="members.application",
            ),
        ),
        migrations.AddField(
            model_name="applicationkey",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="keys",
                to="members.application",
            ),
        ),
        migrations.AddField(
            model_name="applicationmessage",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="messages",
                to="members.application",
            ),
        ),
        migrations.AddField(
            model_name="applicationmessage",
            name="author",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="written by",
            ),
        ),
        migrations.AddField(
            model_name="applicationperson",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="people",
                to="members.application",
            ),
        ),
        migrations.AddConstraint(
            model_name="applicationmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_office", True), ("author", None), _connector="OR"),
                name="members_application_message_author",
                violation_error_message="An applicant writes without an account.",
            ),
        ),
        migrations.AddConstraint(
            model_name="applicationmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True),
                name="members_application_message_text",
                violation_error_message="A message says something.",
            ),
        ),
        migrations.AddConstraint(
            model_name="applicationperson",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_main", True)),
                fields=("application",),
                name="members_application_one_main_contact",
                violation_error_message="An application has one main contact.",
            ),
        ),
    ]
