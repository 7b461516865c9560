from collections import Counter


def counted_by(terminalreporter):
    """The reports carry what each test counted, from whichever worker it ran on."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, ())]
    counted = Counter()
    for report in reports:
        if report.when == "call":
            counted.update(dict(report.user_properties))
    return counted
