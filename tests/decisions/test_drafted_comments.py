"""The replies a seat has got become the draft of its voting comment."""

import pytest
from django.urls import reverse

from decisions import operations
from decisions.consultation_texts import drafted_comment
from decisions.models import Position, Question
from decisions.rules.consulting import LONGEST_REPLY
from decisions.rules.voting import LONGEST_COMMENT
from records.rules import Refused
from tests.conftest import set_clock
from tests.decisions.houses import CONSTITUENCY, ConsultingHouse
from tests.factories import AlternateFactory, UserFactory
from tests.pages import text_of

pytestmark = pytest.mark.django_db


def build() -> ConsultingHouse:
    return ConsultingHouse(set_clock)


def test_the_replies_become_a_comment_that_names_nobody(house):
    consultation = house.begun()
    assert drafted_comment(consultation) == ""
    house.replied("Fenmoor Networks", "reject", "It would cost us\na night shift.")
    house.replied("Tarn Networks", "approve")
    assert drafted_comment(consultation) == "Of 3 organisations consulted, 2 replied: 1 in favour, 1 against.\n- It would cost us a night shift."


def test_replies_of_any_length_fit_into_a_comment(house):
    consultation = house.begun()
    for name in CONSTITUENCY:
        house.replied(name, "reject", "It costs. " * (LONGEST_REPLY // 10))
    draft = drafted_comment(consultation)
    assert len(draft) <= LONGEST_COMMENT
    assert draft.count("…") == 3
    operations.use_the_replies(consultation, by=house.holder.user)
    assert Position.objects.get().comment == draft


def test_the_drafted_comment_is_what_the_voting_form_starts_from(house):
    house.begun()
    house.replied("Fenmoor Networks", "reject", "It would cost us a night shift.")
    operations.take_position(house.question, house.seat, "reject", comment="As I see it", by=house.holder.user)
    page = house.holder.opens(house.page)
    assert "It would replace the draft you have: As I see it" in text_of(page)
    page = house.holder.sends(page, form=0)
    assert "The replies are the draft of your voting comment now." in text_of(page)
    assert "This is the draft of your voting comment." in text_of(page)
    form = house.holder.opens(reverse("decisions:ballot", args=[house.question.pk]))
    assert "Of 3 organisations consulted, 1 replied: 1 against." in text_of(form)
    assert Position.objects.get().choice == "reject"  # the choice was theirs, and stays
    assert not Question.objects.get(pk=house.question.pk).roll.filter(casts__isnull=False).exists()


@pytest.mark.parametrize("noted_before", [True, False])
def test_a_draft_that_the_alternate_has_written_meanwhile_is_not_replaced_unseen(house, noted_before):
    house.begun()
    house.replied("Fenmoor Networks")
    if noted_before:
        operations.take_position(house.question, house.seat, "", comment="As we see it", by=house.holder.user)
    page = house.holder.opens(house.page)
    operations.take_position(house.question, house.seat, "", comment="As I see it", by=UserFactory(person=AlternateFactory(seat=house.seat).person))
    answer = house.holder.sends(page, form=0)
    assert answer.status_code == 409
    assert "has been changed since you opened this form" in text_of(answer)
    assert Position.objects.get().comment == "As I see it"


def test_without_a_reply_there_is_nothing_to_draft_from(house):
    consultation = house.begun()
    with pytest.raises(Refused, match="Nobody has replied yet"):
        operations.use_the_replies(consultation, by=house.holder.user)


def test_the_replies_can_be_read_after_the_vote_and_nothing_more_is_asked(house, clock):
    house.begun()
    house.replied("Fenmoor Networks", "reject", "It would cost us a night shift.")
    clock("2023-07-19 17:00")
    page = house.holder.opens(house.page)
    assert "It would cost us a night shift." in text_of(page)
    assert "is over" in text_of(page)
    assert "Ask for a reply" not in text_of(page)
    assert house.holder.client.post(reverse("decisions:ask", args=[house.consultee("Tarn Networks").pk]), {"address": "x@example.org"}).status_code == 409
