"""Who is signed in: the session and its account, which every page asks for.

Both are asked of the database each time, so that an ended session and a stopped account are so
at once; only making the SQL anew each time is spared.
"""

from django.contrib.auth.backends import BaseBackend
from django.contrib.sessions.backends.db import SessionStore as StoredSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from minzheng.accounts.models import Person
from minzheng.prepared import Prepared

_SESSION = Prepared(lambda key: Session.objects.filter(session_key=key))
_PERSON = Prepared(lambda number: Person.objects.filter(pk=number))


class SessionStore(StoredSession):
    """Django's sessions, under its own name: what it signs is signed with that."""

    def _get_session_from_db(self) -> Session | None:
        row = _SESSION.first(self.session_key) if self.session_key else None
        if row is None or row.expire_date <= timezone.now():
            self._session_key = None
            return None
        return row


class AccountBackend(BaseBackend):
    """Finds the account of a session; passwords are Django's to check."""

    def get_user(self, user_id: int) -> Person | None:
        """The account, unless it was stopped."""
        person = _PERSON.first(int(user_id))
        return person if person and person.is_active else None
