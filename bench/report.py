"""The figures as text, as Markdown, and as a picture."""
import json

BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"


def text(row):
    """For the terminal."""
    lines = [f"{row['name']}  {row['title']}"]
    if "tools" in row:
        cells = [["", *headings(row)], *table(row)]
        widths = [max(len(line[i]) for line in cells) for i in range(len(cells[0]))]
        for name, *values in cells:
            aligned = [value.rjust(width) for value, width in zip(values, widths[1:])]
            lines.append("  ".join(["   ", name.ljust(widths[0]), *aligned]).rstrip())
    else:
        lines += [f"    {what}: {value:.1f}" for what, value in row["figures"].items()]
    lines += ["    " + verdict(limit) for limit in row["limits"]]
    return "\n".join(lines) + "\n"


def headings(row):
    cpu = "CPU s/GiB" if row["per_gib"] else "CPU s"
    return ["median s", "lowest–highest", f"client {cpu}", f"server {cpu}", "client MiB", "server MiB"]


def table(row):
    """A line of cells for each tool."""
    lines = []
    for name, figures in row["tools"].items():
        if figures.get("computed"):
            lines.append([name, f"{figures['median']:.2f}", *["–"] * 5])
            continue
        seconds = figures["seconds"]
        spread = f"{min(seconds):.2f}–{max(seconds):.2f}" if len(seconds) > 1 else "1 run"
        cpu = [f"{figures[side] * (row['per_gib'] or 1):.2f}" for side in ("client_cpu", "server_cpu")]
        memory = [number(figures[side]) for side in ("client_mib", "server_mib")]
        lines.append([name, f"{figures['median']:.2f}", spread, *cpu, *memory])
    return lines


def number(value):
    return "small" if value is None else f"{value:.0f}"


def verdict(limit):
    held = "holds" if limit["holds"] else "missed"
    if "value" in limit:
        return f"{limit['kind']}: {limit['value']:.1f} {limit['of']}, at most {limit['most']} wanted: {held}"
    since = " from the first request" if limit["from_request"] else ""
    return f"{limit['kind']}: {limit['ratio']:.2f} of {limit['of']}{since}, at most {limit['most']} wanted: {held}"


# ---- docs/performance.*


def write_docs(docs, measured):
    """Puts the rows that were measured in the place of older ones."""
    record, page = docs / "performance.json", docs / "performance.md"
    known = json.loads(record.read_text())["rows"] if record.exists() else []
    about = measured["machine"]
    rows = {row["name"]: row for row in known} | {row["name"]: row | {"machine": about} for row in measured["rows"]}
    rows = [rows[name] for name in sorted(rows)]
    record.write_text(json.dumps({"rows": rows}, indent=1) + "\n")
    (docs / "performance.svg").write_text(picture(rows))
    before, rest = page.read_text().split(BEGIN)
    after = rest.split(END)[1]
    page.write_text(before + BEGIN + "\n" + "\n".join(markdown(row) for row in rows) + END + after)


def markdown(row):
    lines = [f"### {row['name']}: {row['title']}", ""]
    if "tools" in row:
        lines.append(f"| | {' | '.join(headings(row))} |")
        lines.append("| --- |" + " ---: |" * 6)
        lines += [f"| {' | '.join(cells)} |" for cells in table(row)]
    else:
        lines += ["| | |", "| --- | ---: |", *(f"| {what} | {value:.1f} |" for what, value in row["figures"].items())]
    lines += ["", *("- " + verdict(limit) for limit in row["limits"])]
    about = row["machine"]
    lines.append(f"- {about['date']}, {about['cpu']}, {about['kernel']}, {about['congestion control']}, load {about['load']}")
    return "\n".join(lines) + "\n"


# ---- the picture: for each row its tools as bars; the slowest is as long as there is room

WIDTH, LABEL, BAR, STEP, GAP = 900, 200, 12, 17, 34


def picture(rows):
    parts, y = [], 8
    for row in (row for row in rows if "tools" in row):
        y += 20
        parts.append(f'<text class="title" x="8" y="{y}">{row["name"]}  {escaped(row["title"])}</text>')
        slowest = max(figures["median"] for figures in row["tools"].values())
        limit = next((limit for limit in row["limits"] if limit["kind"] == "gate"), None)
        top = y + 6
        for name, figures in sorted(row["tools"].items(), key=lambda item: item[1]["median"]):
            y += STEP
            length = max(1, (WIDTH - LABEL - 70) * figures["median"] / slowest)
            kind = "ferry" if name == "ferry" else "other"
            parts.append(f'<text class="name" x="{LABEL - 8}" y="{y + 10}">{escaped(name)}</text>')
            parts.append(f'<rect class="{kind}" x="{LABEL}" y="{y}" width="{length:.1f}" height="{BAR}"/>')
            parts.append(f'<text x="{LABEL + length + 6:.1f}" y="{y + 10}">{figures["median"]:.2f} s</text>')
        if limit:
            x = LABEL + (WIDTH - LABEL - 70) * limit["most"] * row["tools"][limit["of"]]["median"] / slowest
            if x < WIDTH - 20:
                parts.append(f'<line class="gate" x1="{x:.1f}" y1="{top}" x2="{x:.1f}" y2="{y + STEP}"/>')
        y += GAP - STEP
    style = (
        "text{font:12px sans-serif;fill:#333}.title{font-weight:bold}.name{text-anchor:end}"
        ".ferry{fill:#0a7}.other{fill:#bbb}.gate{stroke:#c33;stroke-width:2;stroke-dasharray:4 3}"
    )
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y + 8}" role="img">'
    title = "<title>Seconds from process start to exit; the dashed line is the gate</title>"
    return "\n".join([head, title, f"<style>{style}</style>", '<rect width="100%" height="100%" fill="#fff"/>', *parts, "</svg>\n"])


def escaped(words):
    return words.replace("&", "&amp;").replace("<", "&lt;")
