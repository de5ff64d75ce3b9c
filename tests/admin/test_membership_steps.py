"""Staff take the steps of a membership: what is typed, what will stand, done, and taken back."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.membership_steps import address_of
from members.models import Membership
from tests import builders
from tests.admin.pages import form_on, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day(on_day):
    on_day("2022-09-14")


@pytest.fixture
def officer(sign_in, membership_officer):
    return sign_in(membership_officer)


@pytest.fixture
def sponsor(db):
    return builders.organisation("EU4Digital Facility")


@pytest.fixture
def sponsored(sponsor):
    def make(name=""):
        return builders.membership(
            builders.organisation(name), "2022-03", "2023-02", "sponsored", sponsor=sponsor
        ).organisation

    return make


class Page:
    """The page of a step as a browser without script uses it."""

    def __init__(self, client, address):
        self.client, self.path = client, address.partition("?")[0]
        self.response = client.get(address)

    def press(self, what, **typed):
        fields = form_on(self.response, "step_form")
        self.response = self.client.post(self.path, fields | typed | {"what": what})
        return self

    @property
    def words(self):
        return text_of(self.response).replace("\u00a0", " ")


def memberships(of):
    return [str(row).replace("\u00a0", " ") for row in of.memberships.oldest_first()]


def test_an_officer_sees_what_will_stand_and_then_does_it(officer, membership_officer, sponsor):
    atic = builders.organisation("ATIC")
    page = Page(officer, address_of("admit", [atic.pk]))
    assert "ATIC Never a member" in page.words
    page.press("preview", category="sponsored", starts="March 2022", sponsor="eu4digital facility")
    assert "Sponsored member, March 2022 to February 2023 (end derived)." in page.words
    assert "Sponsored by EU4Digital Facility." in page.words
    assert memberships(atic) == []

    page.press("do", why="The board agreed")
    assert page.response.url == reverse("admin:members_organisation_change", args=[atic.pk])
    assert memberships(atic) == ["Sponsored member, March 2022 to February 2023 (end derived)"]
    row = Membership.history.get()
    assert (row.history_user, row.history_change_reason) == (membership_officer, "The board agreed")


def test_nothing_is_done_that_was_not_shown(officer):
    one = builders.organisation()
    page = Page(officer, address_of("admit", [one.pk]))
    page.press("do", category="full", starts="2022-10-01")
    assert "Look first at what will stand in the record." in page.words
    page.press("do", starts="2022-11-01")
    assert "This is not what the preview showed." in page.words
    assert "from 1 November 2022" in page.words
    assert memberships(one) == []
    page.press("do")
    assert memberships(one) == ["Full member, from 1 November 2022"]


def test_the_six_of_one_region_are_admitted_from_the_list(officer, sponsor):
    six = [builders.organisation(f"Coast {number}") for number in range(6)]
    answer = officer.post(
        reverse("admin:members_organisation_changelist"),
        {"action": "admit_chosen", "_selected_action": [one.pk for one in six]},
    )
    page = Page(officer, answer.url)
    assert "The 6 organisations" in page.words
    page.press("preview", category="sponsored", starts="1.10.2022", sponsor=sponsor.name)
    page.press("do")
    assert {one for of in six for one in memberships(of)} == {
        "Sponsored member, 1 October 2022 to 30 September 2023 (end derived)"
    }
    said = text_of(officer.get(page.response.url))
    assert "6 organisations: Admitted. Take it back" in said


def test_the_list_of_memberships_leads_to_the_same_page(officer, sponsored):
    one, other = sponsored("One"), sponsored("Other")
    rows = Membership.objects.filter(organisation__in=[one, other])
    answer = officer.post(
        reverse("admin:members_membership_changelist"),
        {"action": "convert_chosen", "_selected_action": [row.pk for row in rows]},
    )
    page = Page(officer, answer.url).press("preview")
    assert page.words.count("Full member, from March 2023.") == 2
    page.press("do")
    assert memberships(other)[1] == "Full member, from March 2023"


def test_a_correction_from_the_list_of_memberships_means_the_chosen_one(officer, sponsored):
    one = sponsored()
    earlier = one.memberships.get()
    builders.membership(one, "2023-03")
    page = Page(officer, address_of("correct", memberships=[earlier.pk]))
    page.press("preview", starts="April 2022", why="The letter")
    page.press("do")
    assert memberships(one)[0].startswith("Sponsored member, April 2022 to February 2023")


def test_one_that_cannot_be_done_stops_all_and_can_be_left_out(officer, sponsored):
    one, other = sponsored("One"), builders.member("Full already")
    page = Page(officer, address_of("convert", [one.pk, other.pk])).press("preview")
    assert "Cannot be done. Its last membership is not a sponsored one" in page.words
    assert "All or nothing" in page.words
    assert 'value="do"' not in page.response.content.decode()
    page.press("without")
    assert "Full already" not in page.words
    page.press("do")
    assert memberships(one)[1] == "Full member, from March 2023"


def test_what_cannot_be_understood_is_said_where_it_is_and_nothing_is_lost(officer):
    one = builders.organisation()
    builders.organisation("Polaris Fund")
    page = Page(officer, address_of("admit", [one.pk]))
    page.press("preview", category="sponsored", starts="31.02.2022", sponsor="Polaris Fnd")
    assert "'31.02.2022' is not a date. Write 14 April 2022, March 2022 or 2022." in page.words
    assert "No organisation is called 'Polaris Fnd'. Is one of these meant? Polaris Fund." in (
        page.words
    )
    assert 'value="31.02.2022"' in page.response.content.decode()
    page.press("preview", category="sponsored", starts="2022", sponsor="")
    assert "A sponsored membership needs its sponsor." in page.words
    page.press("preview", category="full", starts="2022", length="until", sponsor="")
    assert "Write the last day." in page.words
    page.press("preview", length="12", until="2024")
    assert "Choose a length, or write a last day, not both." in page.words


def test_at_once_means_today_unless_a_day_is_written(officer, sponsored):
    one = sponsored()
    page = Page(officer, address_of("convert", [one.pk])).press("preview", when="day")
    assert "March 2022 to 13 September 2022." in page.words
    assert "Full member, since 14 September 2022." in page.words
    page.press("preview", when="end", starts="2022-10-01")
    assert "Choose 'At once' as well" in page.words


def test_an_end_a_renewal_and_a_lapse(officer, sponsored):
    ended, renewed, lapsed = sponsored(), sponsored(), sponsored()
    page = Page(officer, address_of("end", [ended.pk]))
    page.press("preview", last_day="2022", reason="They merged").press("do")
    assert memberships(ended) == ["Sponsored member, March 2022 to 2022"]
    Page(officer, address_of("renew", [renewed.pk])).press("preview", length="6").press("do")
    assert memberships(renewed)[1] == "Sponsored member, March 2023 to August 2023 (end derived)"
    Page(officer, address_of("lapse", [lapsed.pk])).press("preview").press("do")
    assert lapsed.memberships.get().not_continued


# -- two people -----------------------------------------------------------------------------------


def test_of_two_who_look_at_the_same_preview_the_second_is_told_who_was_quicker(
    officer, manager, sign_in, sponsored
):
    one = sponsored("ATIC")
    mine = Page(officer, address_of("convert", [one.pk])).press("preview")
    theirs = Page(sign_in(manager), address_of("convert", [one.pk])).press("preview")
    theirs.press("do", why="Agreed by phone")
    mine.press("do")
    assert (
        "Somebody was quicker: Mara Manager added a membership of ATIC: Agreed by phone. "
        "Nothing of yours was done."
    ) in mine.words
    assert "It is announced to continue already" in mine.words
    assert len(memberships(one)) == 2


# -- taking back ----------------------------------------------------------------------------------


def test_the_message_leads_to_taking_the_step_back(officer, sponsored):
    one = sponsored()
    done = Page(officer, address_of("convert", [one.pk])).press("preview").press("do")
    said = officer.get(done.response.url).content.decode()
    address = html.unescape(re.search(r'href="([^"]+take-back[^"]+)"', said).group(1))
    page = Page(officer, address)
    assert "Full member, from March 2023." in page.words
    assert "No longer on record." in page.words
    page.press("do")
    assert memberships(one) == ["Sponsored member, March 2022 to February 2023"]
    said = text_of(officer.get(page.response.url))
    assert "Taken back" in said


def test_the_history_of_the_organisation_tells_the_steps_and_takes_the_last_one_back(
    officer, sponsored
):
    one = sponsored()
    Page(officer, address_of("convert", [one.pk])).press("preview").press("do", why="They pay now")
    Page(officer, address_of("end", [one.pk])).press(
        "preview", last_day="2022-12-31", reason="Closed"
    ).press("do")
    response = officer.get(reverse("admin:members_organisation_history", args=[one.pk]))
    words = text_of(response).replace("\u00a0", " ")
    assert "They pay now" in words
    assert "Taken away: Full member, from March 2023." in words
    section = response.content.decode().partition('id="membership-steps"')[2]
    addresses = re.findall(r'href="([^"]+take-back[^"]+)"', section)
    assert len(addresses) == 1
    Page(officer, html.unescape(addresses[0])).press("do")
    assert len(memberships(one)) == 2


def test_a_moment_at_which_nothing_was_done_says_so(officer):
    path = reverse("admin:members_organisation_step", args=["take-back"])
    assert officer.get(path + "?moment=nonsense").status_code == 404
    assert officer.get(path).status_code == 404
    answer = officer.get(path + "?moment=2022-01-01T00:00:00%2B00:00", follow=True)
    assert "Nothing was done to a membership at that moment." in text_of(answer)


# -- who may, and how much it costs ---------------------------------------------------------------


def test_only_who_keeps_the_members_takes_steps(
    sign_in, editor, membership_officer, manager, superuser, representative, sponsored
):
    one = sponsored()
    address = address_of("convert", [one.pk])
    for person, status in [
        (editor, 403), (membership_officer, 200), (manager, 200), (superuser, 200),
    ]:  # fmt: skip
        client = sign_in(person)
        assert client.get(address).status_code == status, person
        assert client.post(address, {"o": one.pk, "what": "do"}).status_code == status, person
        page = client.get(reverse("admin:members_organisation_change", args=[one.pk]))
        assert ("Convert to full…" in text_of(page)) == (status == 200), person
        listed = text_of(client.get(reverse("admin:members_organisation_changelist")))
        assert ("Convert to full" in listed) == (status == 200), person
    assert sign_in(representative).get(address).status_code == 403
    assert len(memberships(one)) == 1


def test_the_page_of_an_organisation_offers_the_steps_that_fit(officer, sponsored, alliance):
    def offered(of):
        page = officer.get(reverse("admin:members_organisation_change", args=[of.pk]))
        return re.findall(r"/steps/([a-z-]+)/", page.content.decode())

    assert offered(sponsored()) == ["convert", "renew", "end", "lapse", "correct"]
    assert offered(builders.member()) == ["end", "correct"]
    assert offered(builders.organisation()) == ["admit"]
    assert offered(builders.member(starts="2018", ends="2020")) == ["admit", "renew", "correct"]
    assert offered(alliance) == []


def test_nobody_chosen_or_too_many_leads_back_with_a_sentence(officer):
    answer = officer.get(address_of("admit"), follow=True)
    assert "Choose at least one organisation first." in text_of(answer)
    many = [builders.organisation().pk for _number in range(201)]
    answer = officer.get(address_of("admit", many), follow=True)
    assert "Choose 200 organisations at once at the most." in text_of(answer)
    assert officer.get(reverse("admin:members_organisation_step", args=["vote"])).status_code == 404
    odd = reverse("admin:members_organisation_step", args=["admit"])
    assert officer.get(odd + "?o=x&o=99999999999999999999&m=²").status_code == 302


def test_every_page_costs_the_same_for_three_and_for_thirty(officer, sponsored):
    counts = []
    officer.get(address_of("renew", [sponsored().pk]))  # what Django keeps in memory is there now
    for number in (3, 30):
        keys = [sponsored().pk for _number in range(number)]
        with CaptureQueriesContext(connection) as captured:
            page = Page(officer, address_of("renew", keys))
            page.press("preview")
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_history_costs_the_same_for_one_step_and_for_many(officer, sponsor):
    counts = []
    for number in (1, 2, 20):
        one = builders.organisation()
        for index in range(number):
            builders.membership(one, f"{1990 + index}", f"{1990 + index}", "sponsored",
                                sponsor=builders.organisation())  # fmt: skip
        with CaptureQueriesContext(connection) as captured:
            officer.get(reverse("admin:members_organisation_history", args=[one.pk]))
        counts.append(len(captured))
    assert counts[1] == counts[2]  # the first one fills what Django keeps in memory


def test_the_form_of_the_organisation_still_saves(officer, sponsored):
    one = sponsored("ATIC")
    address = reverse("admin:members_organisation_change", args=[one.pk])
    fields = form_on(officer.get(address), "organisation_form", press="_save")
    assert officer.post(address, fields | {"city": "Chisinau"}).status_code == 302
    one.refresh_from_db()
    assert one.city == "Chisinau"
