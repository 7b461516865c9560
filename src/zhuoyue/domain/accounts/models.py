import uuid
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from zhuoyue.kernel import clock
from zhuoyue.kernel.records import LineField


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """Made at the machine, with a password typed there: whoever can do that needs no proof by letter."""
        return self.create_user(email, password, is_administrator=True, **{"proved_at": clock.now(), **fields})


class Person(AbstractBaseUser):
    """One per human, whatever the number of roles.

    Without `proved_at` nobody has shown yet that the address is theirs. Such a row is either a sign-up that was never
    finished (with a password) or somebody whom others named (without one); it holds no right, see `is_authenticated`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = LineField(max_length=60)
    phone = LineField(max_length=30, blank=True)
    language = LineField(max_length=10, default="zh-hans")
    theme = models.CharField(
        max_length=5, default="auto", choices=[("auto", "auto"), ("light", "light"), ("dark", "dark")]
    )
    is_active = models.BooleanField(default=True)
    is_administrator = models.BooleanField(default=False)
    proved_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_authenticated(self) -> bool:  # type: ignore[override]  # Django takes every row of the table for somebody
        """Every permission and every list of duties asks this: whose address is not proved is nobody."""
        return self.proved_at is not None

    @property
    def has_begun_sign_up(self) -> bool:
        """Signed up by themselves and never finished it: whatever was typed there is worth nothing."""
        return self.proved_at is None and self.has_usable_password()


class SecondFactorDemand(models.Model):
    """A setting of this installation: whoever works behind the face of that key signs in with a second factor."""

    face = LineField(max_length=20, primary_key=True)
