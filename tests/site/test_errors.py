"""What a visitor sees when something is wrong: a page of ours, never a bare sentence."""

import pytest
from django.db import OperationalError, connection
from django.test import Client

from tests.site.test_home import text_of


@pytest.mark.django_db
def test_an_address_without_a_page_offers_the_search(visitor):
    response = visitor.get("/nowhere/")
    page = text_of(response)
    assert response.status_code == 404
    assert "There is no page at this address" in page
    assert 'action="/search/"' in page
    assert not visitor.cookies


def test_the_page_for_our_own_faults_needs_no_database(monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "ensure_connection", refuse)
    client = Client(raise_request_exception=False)
    response = client.get("/about/")
    page = text_of(response)
    assert response.status_code == 500
    assert "The fault is on our side" in page
    assert "OperationalError" not in page
    assert '<a class="button button--second" href="">Try again</a>' in page
    assert "<style" not in page


def test_a_request_that_makes_no_sense_has_a_page_too():
    response = Client(raise_request_exception=False).get("/", headers={"Host": "unknown.example"})
    assert response.status_code == 400
    assert "The request was not understood" in text_of(response)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/about/", "/search/", "/contact/", "/membership/"])
@pytest.mark.parametrize(
    "query", ["page=abc", "on=2022-13-45", "q=%00", "country=xx", f"q={'x' * 5000}", "=&&=;%"]
)
def test_parameters_that_mean_nothing_are_no_error(visitor, address, query):
    assert visitor.get(f"{address}?{query}").status_code == 200
