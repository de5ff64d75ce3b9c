"""Builders of applications, and clients that behave as a browser does."""

import io
import zipfile

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts import open_forms
from members import applications
from members.models import Application, ApplicationKey

HERE = {"Sec-Fetch-Site": "same-origin"}
FACTS = {
    "name": "Adriatic Software League",
    "native_name": "Jadranska softverska liga",
    "acronym": "ASL",
    "kind": "national_association",
    "country": "HR",
    "city": "Rijeka",
    "region": "",
    "website": "https://league.example.org",
    "represents": "40",
    "email": "iva@league.example.org",
}
IVA = {"name": "Iva Horvat", "function": "Director", "email": "iva@league.example.org"}
MARKO = {"name": "Marko Babić", "function": "Policy officer", "email": "marko@league.example.org"}


def old_stamp() -> str:
    """The time of a form that was opened long ago."""
    return open_forms.signing.dumps(0, salt=open_forms.SALT)


def first_step(**changes) -> dict:
    return {**FACTS, "begun": old_stamp(), "leave_empty": ""} | changes


def people_step(*people, named: int = 1, **changes) -> dict:
    """What step 2 sends for these people; `named` is how many the page was opened with."""
    data = {
        "people-TOTAL_FORMS": str(len(people)), "people-INITIAL_FORMS": str(named),
        "people-MIN_NUM_FORMS": "0", "people-MAX_NUM_FORMS": "8",
    }  # fmt: skip
    for number, person in enumerate(people):
        row = {"agreed": "on"} | person
        data |= {f"people-{number}-{name}": value for name, value in row.items() if value}
    return data | changes


def pdf(name="statutes.pdf", content=b"%PDF-1.7\n1 0 obj\n%%EOF\n") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def package(name="members.docx", parts=("[Content_Types].xml", "word/document.xml"), **contents):
    """An office document with these parts, as a program packs it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for part in parts:
            packed.writestr(part, contents.get(part, "x"))
    return SimpleUploadedFile(name, out.getvalue())


def begun(**changes) -> Application:
    facts = {**FACTS, "represents": 40} | changes
    application, token = applications.begin(**facts)
    application.token = token
    return application


def complete(**changes) -> Application:
    """An application that lacks nothing and is not sent."""
    application = begun(category="full", motivation="We want to be heard.", **changes)
    people = [applications.Person(**IVA), applications.Person(**MARKO)]
    applications.name_people(application, people)
    return application


def sent(**changes) -> Application:
    application = complete(**changes)
    token = application.token
    application = applications.send(application)
    application.token = token
    return application


def page(application: Application, step: str = "") -> str:
    token = getattr(application, "token", None) or ApplicationKey.new(application)
    return f"/membership/apply/{token}/{step}"


def post(client: Client, address: str, data: dict, **more):
    return client.post(address, data, headers=HERE, **more)


def mails_to(email: str) -> list:
    return [one for one in mail.outbox if one.to == [email]]
