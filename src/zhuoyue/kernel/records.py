"""The base of every stored noun, and the field of every stored name."""

import uuid
from typing import TYPE_CHECKING, Any

from django.db import models

from zhuoyue.kernel import typed

if TYPE_CHECKING:
    _Text = models.CharField[str, str]
else:
    _Text = models.CharField


class Record(models.Model):
    """Random identity (nothing sequential is ever shown), an edit version, and when it came.

    `version` counts edits by people; `versions.save_edit` refuses a save that started from an older one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class LineField(_Text):
    """A name, a title, a number: one visible line, by whatever door it comes. Writing raises typed.NameFaultError.

    To the database it is a plain text of limited length, and migrations say so.
    """

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001 - Django calls it so
        value = _lined(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        return super().get_db_prep_save(_lined(value), connection)

    def get_prep_value(self, value: Any) -> Any:
        """What is looked for is folded as what is stored was; a question is never refused."""
        value = super().get_prep_value(value)
        return typed.shown_line(value) if isinstance(value, str) else value


def _lined(value: Any) -> Any:
    return typed.line(value) if isinstance(value, str) else value


def subject_of(record: models.Model) -> str:
    """How the record of events names a stored thing: `app.model:id`."""
    return f"{record._meta.label_lower}:{record.pk}"  # noqa: SLF001 - Django's documented model API
