"""What applicants typed is forgotten when its time is over, and not before."""

import datetime
import io

import pytest
from django.core.management import call_command

from members import applications, retention
from members.models import (
    Application,
    ApplicationDocument,
    ApplicationKey,
    ApplicationMessage,
    ApplicationPerson,
)
from tests.members import applying

pytestmark = pytest.mark.django_db(transaction=False)
HistoricalApplication = Application.history.model


@pytest.fixture
def files(uploads, django_capture_on_commit_callbacks):
    """Return a function that forgets on a day and says which files are left."""

    def forget_on(days):
        with django_capture_on_commit_callbacks(execute=True):
            out = io.StringIO()
            now = applying_day(days)
            done = retention.forget_old(now)
            call_command("forget_applications", stdout=out)
        left = [path for path in uploads.rglob("*") if path.is_file()]
        return done, left

    return forget_on


def applying_day(days: int) -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=days)


def test_what_was_begun_is_kept_90_days_after_it_was_last_saved_and_then_deleted(files):
    application = applying.complete()
    applications.add_document(application, applying.pdf())
    done, left = files(89)
    assert (done.deleted, len(left)) == (0, 1)
    done, left = files(91)
    assert (done.deleted, left) == (1, [])
    for model in (
        Application, ApplicationPerson, ApplicationDocument, ApplicationKey, HistoricalApplication,
    ):  # fmt: skip
        assert not model.objects.exists(), model


def test_a_declined_application_loses_its_personal_data_a_year_after_the_decision(
    files, membership_officer, visitor
):
    application = applying.complete()
    address = applying.page(application)
    applications.add_document(application, applying.pdf())
    applications.send(application)
    applications.ask_back(application, "What?", by=membership_officer)
    applications.decline(application, "Too early: come again.", by=membership_officer)
    done, left = files(364)
    assert (done.anonymised, len(left)) == (0, 1)
    assert visitor.get(address).status_code == 200
    done, left = files(366)
    assert (done.anonymised, left) == (1, [])
    assert files(400)[0] == retention.Forgotten(0, 0)
    application.refresh_from_db()
    assert (application.state, application.reason) == ("declined", "Too early: come again.")
    assert application.name == "Adriatic Software League"
    assert (application.email, application.motivation) == ("", "")
    for model in (ApplicationPerson, ApplicationDocument, ApplicationMessage, ApplicationKey):
        assert not model.objects.exists(), model
    kept = str(list(HistoricalApplication.objects.values()))
    assert "iva@league" not in kept
    assert "heard" not in kept
    assert visitor.get(address).status_code == 404
    with pytest.raises(applications.NotPossible, match="deleted by now"):
        applications.reopen(application, by=membership_officer, why="Again")


def test_what_is_sent_or_accepted_stays(files, membership_officer):
    applying.sent()
    asked = applying.sent()
    applications.ask_back(asked, "What?", by=membership_officer)
    assert files(1000)[0] == retention.Forgotten(0, 0)
    assert Application.objects.count() == 2


def test_the_command_says_what_it_did():
    out = io.StringIO()
    call_command("forget_applications", stdout=out)
    assert out.getvalue() == "0 never sent: deleted. 0 anonymised.\n"


def test_the_privacy_page_says_the_same_days(visitor):
    page = visitor.get("/privacy/").content.decode()
    assert "deleted 90 days after" in page
    assert "365 days after the decision" in page
