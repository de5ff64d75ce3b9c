"""What the pages of the admin say and offer: what waits, rows in short, errors together, empty lists."""

import pytest
from django.urls import reverse

from alliance_portal.templatetags.admin_portal import labelled
from tests import builders
from tests.admin.pages import form_on, text_of

LIST = "/admin/members/organisation/"


@pytest.fixture
def officer(sign_in, membership_officer):
    return sign_in(membership_officer)


def change(thing) -> str:
    meta = thing._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[thing.pk])


# -- what waits -----------------------------------------------------------------------------------


def test_the_start_page_counts_all_that_waits_and_links_to_a_list_of_as_many(officer, on_day):
    on_day("2022-11-22")
    renewed = builders.member("Renewed", "2022", "2022")
    builders.membership(renewed, "1 January 2023")
    for number in range(10):
        builders.membership(builders.organisation(f"Comes {number}"), "1 January 2023")

    page = officer.get("/admin/")
    waits = {section["title"]: section for section in page.context["waits"]}

    assert waits["Announced"]["number"] == 11
    assert len(waits["Announced"]["rows"]) == 8
    assert "All 11" in text_of(page)
    for section in waits.values():
        assert officer.get(section["list"]).context["cl"].result_count == section["number"]


def test_where_nothing_waits_the_start_page_says_so_and_what_it_watches(officer):
    words = text_of(officer.get("/admin/"))
    assert "Nothing waits for you" in words
    assert "Nothing waits here: Ends in the next 90 days, Announced, Applications" in words


def test_the_header_leads_to_the_lists_that_one_may_see_and_finds_organisations(
    officer, sign_in, editor
):
    page = officer.get(LIST)
    assert f'action="{LIST}"' in page.content.decode()
    current = [label for label, _url, is_current in page.context["shortcuts"] if is_current]
    assert current == ["Organisations"]
    for client in (officer, sign_in(editor)):
        for _label, url, _is_current in client.get("/admin/").context["shortcuts"]:
            assert client.get(url).status_code == 200


# -- lists ----------------------------------------------------------------------------------------


def test_a_search_without_results_says_what_to_try(officer):
    builders.organisation("Cluj IT")
    words = text_of(officer.get(LIST + "?q=zzzzzz"))
    assert "No organisations match “zzzzzz”" in words
    assert "Try a part of a word or another spelling" in words
    words = text_of(officer.get(LIST + "?q=zzzzzz&state=former"))
    assert "The filters narrow the search" in words
    words = text_of(officer.get(LIST + "?state=former"))
    assert "No organisations are as the filters ask" in words
    assert "Clear all filters" in words


def test_an_empty_list_says_how_it_gets_its_first_row(officer, sign_in, manager):
    assert "There are no networks yet" in text_of(officer.get("/admin/members/network/"))
    words = text_of(sign_in(manager).get("/admin/alliance_portal/contactmessage/"))
    assert "There are no contact messages yet They come by themselves" in words


@pytest.mark.parametrize("typed", ["1 June 2019", "01.06.2019", "2019-06-01", "June 2019"])
def test_the_day_of_the_list_is_typed_as_people_type_it(officer, typed):
    builders.member("Former", "2018", "2020")
    words = text_of(officer.get(LIST, {"on": typed, "state": "member"}))
    assert "Full member until 2020" in words


def test_a_day_that_nobody_can_read_is_said_and_today_is_shown(officer, on_day):
    on_day("2022-11-22")
    page = officer.get(LIST, {"on": "04/05/2022"})
    assert "can be read in two ways" in text_of(page)
    assert 'value="22\u00a0November 2022"' in page.content.decode()


def test_a_cell_of_a_list_carries_the_name_of_its_column_for_narrow_screens():
    headers = [{"text": "<input>"}, {"text": "name"}, {"text": "city"}]
    cells = [
        '<td class="action-checkbox">x</td>',
        '<th class="field-name">A</th>',
        '<td class="field-city">-</td>',
    ]
    assert list(labelled(cells, headers)) == [
        '<td data-label="" class="action-checkbox">x</td>',
        '<th data-label="Name" class="field-name">A</th>',
        '<td data-label="City" data-empty="" class="field-city">-</td>',
    ]


# -- forms ----------------------------------------------------------------------------------------


def test_folded_rows_say_how_many_they_are_and_name_the_first(officer):
    organisation = builders.organisation("Cluj IT")
    for name in ("Alpha", "Beta", "Gamma", "Delta"):
        organisation.aliases.create(name=name)

    page = officer.get(change(organisation))
    summaries = {
        inline.formset.prefix: (inline.formset.is_open, inline.formset.summary)
        for inline in page.context["inline_admin_formsets"]
    }

    assert summaries["memberships"] == (True, "none yet")
    is_open, words = summaries["aliases"]
    assert not is_open
    assert words.startswith("4: ")
    assert words.endswith("; …")


def test_rows_that_were_touched_are_open_when_the_form_comes_back(officer):
    organisation = builders.organisation("Cluj IT")
    fields = form_on(officer.get(change(organisation)), "organisation_form", press="_save")
    fields.add_row("aliases", name="Clusterul")
    fields["name"] = [""]

    page = officer.post(change(organisation), fields)

    is_open = {
        inline.formset.prefix: inline.formset.is_open
        for inline in page.context["inline_admin_formsets"]
    }
    assert is_open["aliases"]
    assert not is_open["affiliations"]


def test_all_that_is_wrong_stands_together_with_ways_to_it(officer):
    organisation = builders.organisation("Cluj IT")
    fields = form_on(officer.get(change(organisation)), "organisation_form", press="_save")
    fields.add_row("memberships", category="full", starts="04/05/2022")
    fields["name"] = [""]

    page = officer.post(change(organisation), fields)

    wrong = [(one["anchor"], one["name"]) for one in page.context["wrong"]]
    assert wrong == [
        ("id_name", "Name"),
        ("memberships-0", "Membership 1, from 04/05/2022"),
    ]
    words = text_of(page)
    assert "Not saved: 2 things to put right" in words
    assert "First day: '04/05/2022' can be read in two ways" in words


def test_enter_in_a_form_saves_it_whatever_else_the_page_offers(sign_in, manager, chair):
    role = chair.person.roles.get()
    page = sign_in(manager).get(change(role)).content.decode()
    form = page[page.index('id="role_form"') :]
    assert form.index('name="_save"') < form.index('name="index"')


def test_the_page_that_asks_before_deleting_names_what_goes(sign_in, manager):
    network = builders.network("Lighthouse Ring")
    url = reverse("admin:members_network_delete", args=[network.pk])
    words = text_of(sign_in(manager).get(url))
    assert "Delete Lighthouse Ring?" in words
    assert "Network: Lighthouse Ring" in words
