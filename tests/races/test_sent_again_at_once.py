"""Many who send one mail again at the same time: it goes out once."""

import pytest

from groups.models import User
from notifications.models import Notice
from notifications.operations import deliver, send_again
from notifications.outbox import tell_address
from records.rules import Refused
from tests.factories import a_pmo
from tests.races.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_mail_that_is_sent_again_by_many_at_once_goes_once():
    by = a_pmo()
    [first] = tell_address("a@example.org", key="told", template="invitation", by=User.objects.the_clock())
    deliver(first)
    results = at_once(*[lambda: send_again(first, by=by)] * 8)
    assert sum(isinstance(each, Refused) for each in results) == 7
    assert Notice.objects.count() == 2
