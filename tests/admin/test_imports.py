"""Staff send a spreadsheet, see row by row what it would do, decide what is open, and take it over."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from members.models import Membership, Organisation, Spreadsheet
from tests import builders
from tests.admin.pages import text_of

pytestmark = pytest.mark.django_db

IMPORT = "/admin/members/organisation/import/"


@pytest.fixture
def officer(sign_in, membership_officer):
    return sign_in(membership_officer)


def words(response) -> str:
    return text_of(response).replace("\u00a0", " ")


def send(client, text, name="members 2022.csv", **facts):
    content = text if isinstance(text, bytes) else text.encode()
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content), **facts})


def sent(client, text):
    """Send a file and return its page."""
    response = send(client, text)
    assert response.status_code == 302, words(response)
    return client.get(response.url)


def press(client, page, button, **facts):
    path = page.wsgi_request.path
    context = page.context
    data = {"what": button, "agreed": context["result"].mark, "show": context["show"]}
    return client.post(path, {**data, **dict(context["kept"]), **facts})


def test_a_file_is_sent_looked_at_and_taken_over(officer, membership_officer):
    page = sent(officer, "Name;Country;Since;Category\nNew Body;RO;March 2022;Full Member")
    assert "1 row" in words(page)
    assert "New membership: Full member, since March 2022." in words(page)
    assert not Organisation.objects.exists()
    done = press(officer, page, "do", why="The list of the assembly")
    assert done.url == reverse("admin:members_organisation_changelist")
    assert "Imported members 2022.csv: 1 new organisation" in words(officer.get(done.url))
    newest = Membership.history.get()
    assert newest.history_user == membership_officer
    assert newest.history_change_reason == "Import of members 2022.csv: The list of the assembly"
    kept = Spreadsheet.objects.get()
    assert (bytes(kept.content), kept.by) == (b"", membership_officer)
    assert "members 2022.csv" in words(officer.get(IMPORT))
    assert officer.get(page.wsgi_request.path).url == IMPORT


def test_what_cannot_be_read_stands_at_the_field(officer):
    for content, sentence in (
        ("", "The submitted file is empty."),
        ("Fee\n1", "No row near the top has headings that are understood"),
        ("Name\n", "Below the headings there is no row."),
        (b"\xd0\xcf\x11\xe0" + b"0" * 99, "old Excel"),
    ):
        assert sentence in words(send(officer, content))
    assert "This field is required." in words(officer.post(IMPORT, {}))
    assert not Spreadsheet.objects.exists()


def test_as_long_as_a_row_is_refused_nothing_is_taken_over(officer):
    page = sent(officer, "Name;Country\nGood;HU\nBad;Atlantis")
    assert "B3 (Country): 'Atlantis' is no country." in words(page)
    assert "Import as shown" not in words(page)
    forced = press(officer, page, "do")
    assert "Look at it again; nothing was done." in words(forced)
    assert not Organisation.objects.exists()
    without = press(officer, page, "without")
    assert "Left out" in words(without)
    press(officer, without, "do")
    assert [one.name for one in Organisation.objects.all()] == ["Good"]


def test_refused_rows_come_as_a_file_with_the_reasons(officer):
    page = sent(officer, "Name;Country;Acronym\nGood;HU;\nBad;Atlantis;=1+1")
    response = officer.get(page.wsgi_request.path + "refused.csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["Organisation", "Country", "Acronyms", "Why it is refused"]
    assert rows[1][:3] == ["Bad", "Atlantis", "'=1+1"]
    assert rows[1][3].startswith("B3 (Country): 'Atlantis' is no country.")
    assert len(rows) == 2


def test_who_is_meant_is_asked_and_the_answer_stays_on_every_view(officer):
    one = builders.organisation("Cluj IT Cluster", country="RO")
    page = sent(officer, "Name;Country;City\nCluj-IT Clusters;RO;Cluj\nOther;HU;Pécs")
    assert "Who is 'Cluj-IT Clusters'? Cluj IT Cluster, Romania." in words(page)
    answered = press(officer, page, "look", **{"is-2": str(one.pk)})
    assert "City: not on record → Cluj" in words(answered)
    problems = officer.get(
        page.wsgi_request.path, {"show": "problems", **dict(answered.context["kept"])}
    )
    assert "Nothing is refused or to be decided." in words(problems)
    press(officer, problems, "do")
    one.refresh_from_db()
    assert (one.city, Organisation.objects.count()) == ("Cluj", 2)


def test_what_changed_since_it_was_shown_is_told(officer):
    page = sent(officer, "Name;City\nNew Body;Graz")
    builders.organisation("New Body")
    again = press(officer, page, "do", why="Kept")
    assert "changed since this was shown" in words(again)
    assert 'value="Kept"' in again.content.decode()


def test_rows_that_change_nothing_are_shown_on_request(officer):
    builders.organisation("Known", country="HU")
    page = sent(officer, "Name;Country\nKnown;HU")
    assert "The file says what is on record already." in words(page)
    assert "There is nothing to import." in words(page)
    everything = officer.get(page.wsgi_request.path, {"show": "all"})
    assert "2 Known As it is" in words(everything)


@pytest.mark.parametrize(
    "data",
    [{"is-x": "new"}, {"is-2": "<b>"}, {"out": "x,,9" * 9}, {"show": "zzz"}, {"is-2": "9" * 30},
     {"what": "zzz"}, {"why": "x" * 900, "what": "do"}, {"is-2": "999"}, {"is-²": "1"}],
)  # fmt: skip
def test_anything_may_be_sent(officer, data):
    builders.organisation("Cluj IT Cluster")
    page = sent(officer, "Name\nCluj IT Clusters")
    assert press(officer, page, "look", **data).status_code == 200
    assert officer.get(page.wsgi_request.path, data).status_code == 200


def test_a_file_is_its_senders_for_a_day(officer, sign_in, manager, on_day):
    on_day("2022-03-01")
    page = sent(officer, "Name\nNew Body")
    path = page.wsgi_request.path
    assert sign_in(manager).get(path).status_code == 404
    on_day("2022-03-03")
    assert officer.get(path).status_code in (302, 404)
    Spreadsheet.objects.forget()
    assert not Spreadsheet.objects.exists()


@pytest.mark.parametrize("what", ["organisations", "memberships"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_everything_is_exported(officer, what, form):
    builders.member("A Body")
    path = reverse("admin:members_organisation_export", args=[what, form])
    response = officer.get(path)
    content = b"".join(response.streaming_content)
    assert f"{what}-" in response["Content-Disposition"]
    page = officer.get(send(officer, content, f"all.{form}").url)
    assert "There is nothing to import." in words(page)


def test_only_who_keeps_the_members_imports_and_exports(sign_in, editor, officer):
    page = sent(officer, "Name\nNew Body")
    client = sign_in(editor)
    for path in (
        IMPORT,
        page.wsgi_request.path,
        page.wsgi_request.path + "refused.csv",
        IMPORT + "template.xlsx",
        reverse("admin:members_organisation_export", args=["organisations", "csv"]),
    ):
        assert client.get(path).status_code == 403
    assert client.post(page.wsgi_request.path, {"what": "do"}).status_code == 403
    for odd in ("nothing", "organisations"):
        path = reverse("admin:members_organisation_export", args=[odd, "pdf"])
        assert officer.get(path).status_code == 404
