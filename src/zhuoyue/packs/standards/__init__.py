"""Editions of standards as data: schema, loader, checks, writer, and the outlines that ship."""

from zhuoyue.packs.standards.loader import LoadedStandard, load_standard, shipped_standards
from zhuoyue.packs.standards.schema import NodeKind, Standard, StandardNode
from zhuoyue.packs.standards.writer import json_schema, write_standard

__all__ = [
    "LoadedStandard",
    "NodeKind",
    "Standard",
    "StandardNode",
    "json_schema",
    "load_standard",
    "shipped_standards",
    "write_standard",
]
