from django.utils.translation import pgettext_lazy

from zhuoyue.kernel.mail.models import OutboxMail
from zhuoyue.kernel.subjects import Kind

KINDS = (Kind(OutboxMail, pgettext_lazy("record", "信件"), ("to",), lambda it: it["to"]),)
