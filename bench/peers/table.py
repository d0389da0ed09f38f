"""The race as a Markdown table."""

from bench.command import Report

HEAD = """
| | messages | a second | peak MB | CPU µs each | kill -9: lost | twice | never settled |
|---|---:|---:|---:|---:|---:|---:|---:|"""


def markdown(reports: list[Report]) -> str:
    remembers = [
        f"- {report['name']} ({report['setting'] or 'as it comes'}): {report['remembers']}" for report in reports
    ]
    return "\n".join([HEAD, *map(_row, reports), "", *remembers])


def _row(report: Report) -> str:
    killed = report["killed"]
    cells = [report[key] for key in ("name", "n", "per_second", "peak_mb", "cpu_us_each")]
    cells += [killed[key] for key in ("lost", "duplicates", "in_doubt")]
    return "| " + " | ".join(str(cell) for cell in cells) + " |"
