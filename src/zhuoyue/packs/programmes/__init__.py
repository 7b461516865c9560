"""A whole programme as one human-readable file: read, checked, edited, compared and written back."""

from zhuoyue.packs.programmes.by_people import asked_of_people
from zhuoyue.packs.programmes.checker import check_pack
from zhuoyue.packs.programmes.checks.fault import Known
from zhuoyue.packs.programmes.cuts import cap_labels, caps_data, cut_data
from zhuoyue.packs.programmes.diff import Change, diff_packs
from zhuoyue.packs.programmes.evaluation import Eligibility, Finding, evaluate
from zhuoyue.packs.programmes.loader import Pack, load_pack, shipped_packs
from zhuoyue.packs.programmes.outside import shipped_known
from zhuoyue.packs.programmes.schema import Programme
from zhuoyue.packs.programmes.writer import edit_pack, json_schema, write_pack
from zhuoyue.packs.source import Message, SourceError

__all__ = [
    "Change",
    "Eligibility",
    "Finding",
    "Known",
    "Message",
    "Pack",
    "Programme",
    "SourceError",
    "asked_of_people",
    "cap_labels",
    "caps_data",
    "check_pack",
    "cut_data",
    "diff_packs",
    "edit_pack",
    "evaluate",
    "json_schema",
    "load_pack",
    "shipped_known",
    "shipped_packs",
    "write_pack",
]
