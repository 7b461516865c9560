"""What a pack may name outside itself: the editions and scoring models that ship."""

from functools import cache

from zhuoyue.packs.programmes.checks.fault import Known
from zhuoyue.packs.scoring_models import shipped_scoring_models
from zhuoyue.packs.standards import shipped_standards


@cache
def shipped_known() -> Known:
    editions = {loaded.key: frozenset(node.code for node in loaded.standard.walk()) for loaded in shipped_standards()}
    return Known(editions, frozenset(shipped_scoring_models()))
