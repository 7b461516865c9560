"""Pictures drawn on the server: facts in, geometry out, as frozen data classes.

Across is percent of the width, down is pixels, so that type stays 13 px at any width. Every picture says its values in
words (`aria`) and has its table; the templates of the same name print it.
"""

from zhuoyue.web.shared.charts.funnel import Step, funnel
from zhuoyue.web.shared.charts.quota import quota_bar
from zhuoyue.web.shared.charts.radar import Spoke, radar
from zhuoyue.web.shared.charts.series import Series, mini
from zhuoyue.web.shared.charts.spread import ItemScores, Score, spread
from zhuoyue.web.shared.charts.timeline import Phase, timeline
from zhuoyue.web.shared.charts.track import Band, Chapter, Stop, track

__all__ = [
    "Band",
    "Chapter",
    "ItemScores",
    "Phase",
    "Score",
    "Series",
    "Spoke",
    "Step",
    "Stop",
    "funnel",
    "mini",
    "quota_bar",
    "radar",
    "spread",
    "timeline",
    "track",
]
