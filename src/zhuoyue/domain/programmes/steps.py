"""Steps of the actions on recommending bodies. They check no right: whoever calls does; no face may import them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.orgs.models import Body, Organisation
from zhuoyue.domain.programmes.models import Cycle, CycleBody, Officer
from zhuoyue.domain.programmes.queries import rules_of
from zhuoyue.kernel import audit, clock

BODY_BOUND = audit.verb("programmes.body_bound", _("确定规则所指的单位"))


def bind_body(*, by: Any, cycle: Cycle, key: str, body: Body) -> CycleBody:
    """`body` is the one that the rules call `key`, or one of that class."""
    bound, made = CycleBody.objects.get_or_create(cycle=cycle, key=key, body=body)
    if made:
        audit.record(BODY_BOUND, by=by, subject=body, scope=cycle, data={"key": key, "name": str(body)})
    return bound


def name_officer(*, cycle: Cycle, body: Body, person: Any) -> Officer:
    """Somebody acts for the body in this cycle from now on, and in no other by that."""
    officer, _made = Officer.objects.get_or_create(cycle=cycle, body=body, person=person)
    if officer.confirmed_at is None or officer.ended_at is not None:
        officer.confirmed_at, officer.ended_at = clock.now(), None
        officer.save(update_fields=["confirmed_at", "ended_at"])
    person.__dict__.pop("_mandates", None)
    return officer


def take_over_bodies(*, by: Any, cycle: Cycle) -> None:
    """Bind the recommending bodies of a new cycle: as the year before knew them, else those named beyond doubt.

    Officers of the year before are offered, and act again once the office has confirmed them.
    """
    rules = rules_of(cycle.rules)
    titles = {body.key: body.title.zh for body in rules.bodies if not body.several}
    wanted = {key for level in rules.recommendation for key in level.by}
    former = cycle.programme.cycles.exclude(pk=cycle.pk).order_by("-created_at").first()
    for bound in former.bodies.filter(key__in=wanted).select_related("body__organisation") if former else ():
        bind_body(by=by, cycle=cycle, key=bound.key, body=bound.body)
        wanted -= {bound.key} & titles.keys()
        acting = Officer.objects.filter(cycle=former, body=bound.body, ended_at=None, confirmed_at__isnull=False)
        for officer in acting.select_related("person"):
            Officer.objects.get_or_create(cycle=cycle, body=bound.body, person=officer.person)
    for key in sorted(wanted & titles.keys()):
        body = _named_beyond_doubt(titles[key])
        if body is not None:
            bind_body(by=by, cycle=cycle, key=key, body=body)


def _named_beyond_doubt(name: str) -> Body | None:
    """The one body of that name, where no other organisation bears it; anything else is for a person to say."""
    named = list(Organisation.objects.filter(name=name).select_related("body")[:2])
    only = named[0] if len(named) == 1 else None
    return getattr(only, "body", None)
