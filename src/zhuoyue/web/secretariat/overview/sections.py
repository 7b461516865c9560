"""The sections of the national classification of industries (GB/T 4754-2017), by their letter."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_NAMES = {
    "A": gettext_lazy("农林牧渔业"),
    "B": gettext_lazy("采矿业"),
    "C": gettext_lazy("制造业"),
    "D": gettext_lazy("电热燃气及水供应业"),
    "E": gettext_lazy("建筑业"),
    "F": gettext_lazy("批发和零售业"),
    "G": gettext_lazy("交通运输仓储邮政业"),
    "H": gettext_lazy("住宿和餐饮业"),
    "I": gettext_lazy("信息软件业"),
    "J": gettext_lazy("金融业"),
    "K": gettext_lazy("房地产业"),
    "L": gettext_lazy("租赁和商务服务业"),
    "M": gettext_lazy("科学研究和技术服务业"),
    "N": gettext_lazy("水利环境和公共设施业"),
    "O": gettext_lazy("居民服务业"),
    "P": gettext_lazy("教育"),
    "Q": gettext_lazy("卫生和社会工作"),
    "R": gettext_lazy("文化体育娱乐业"),
    "S": gettext_lazy("公共管理和社会组织"),
    "T": gettext_lazy("国际组织"),
}


def section_name(letter: str) -> str:
    name = _NAMES.get(letter)
    return str(name) if name is not None else _("门类%(letter)s") % {"letter": letter}
