"""Letters to whoever objects, in the language in which they objected. They are not in the outbox that a year shows."""

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from zhuoyue.domain.outcomes.enums import ObjectionState
from zhuoyue.domain.outcomes.models import Objection
from zhuoyue.domain.outcomes.proofs import Proof
from zhuoyue.kernel import formats, mail


def occasion(objection: Objection) -> str:
    """How the occasion of every letter about an objection begins."""
    return f"objection:{objection.pk}:"


def _queue(objection: Objection, subject: str, text: str) -> None:
    """Nobody but the objector is told where they can be reached: the letter belongs to no year."""
    mail.queue(to=objection.email, subject=subject, text=text, dedupe=f"{occasion(objection)}{uuid4()}")


def _facts(objection: Objection) -> dict[str, str]:
    url = f"{settings.PUBLIC_URL}/objection/?number={objection.number}"
    return {"number": objection.number, "title": objection.notice.title, "url": url}


def ask_for_proof(objection: Objection, proof: Proof, until: datetime) -> None:
    with override(objection.language):
        words = _(
            "有人用这个邮箱对“%(title)s”提出异议。请在提交后的页面填写这六位数字：\n%(digits)s\n"
            "或者打开下面的链接确认：\n%(url)s\n%(until)s前没有确认的，异议失效，填写的内容随即删除。"
            "不是您本人提出的，不用理会这封信。"
        )
        facts = {**_facts(objection), "digits": proof.digits, "url": proof.url}
        _queue(objection, _("请确认您提出的异议"), words % {**facts, "until": formats.moment(until)})


def tell_received(objection: Objection) -> None:
    with override(objection.language):
        words = _(
            "您对“%(title)s”提出的异议已收到，编号%(number)s。处理结果会寄到这个邮箱，也可以凭编号查询：\n%(url)s"
        )
        _queue(objection, _("异议已收到：%(number)s") % _facts(objection), words % _facts(objection))


def tell_ruling(objection: Objection) -> None:
    with override(objection.language):
        verdict = _("异议成立") if objection.state == ObjectionState.UPHELD else _("异议不成立")
        words = _("您对“%(title)s”提出的异议（编号%(number)s）已经处理：%(verdict)s。\n%(ruling)s\n%(url)s")
        facts = {**_facts(objection), "verdict": verdict, "ruling": objection.ruling}
        _queue(objection, _("异议处理结果：%(number)s") % facts, words % facts)
