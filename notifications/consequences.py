"""What follows here when the verb of a lower app runs: who is invited is told how to come in."""

from django.conf import settings

from groups.accounts import invitation_path
from groups.models import User
from notifications.outbox import tell
from records.hooks import effects_of


@effects_of("groups.invite")
def tell_who_is_invited(user: User, *, by: User) -> None:
    days = settings.PASSWORD_RESET_TIMEOUT // 86400
    invited = [user.person] if user.person else []
    tell(invited, key=f"invitation-{user.pk}", template="invitation", by=by, path=invitation_path(user), days=days)
