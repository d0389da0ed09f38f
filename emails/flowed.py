"""`format=flowed` (RFC 3676): lines that a program broke, whole again."""


def unfolded(text: str, delete_space: bool = False) -> str:
    """A line that ends in a space goes on in the next one of the same quote depth; `-- ` stands for itself (4.3)."""
    lines: list[str] = []
    depth, goes_on = 0, False
    for row in text.replace("\r\n", "\n").split("\n"):
        mine = len(row) - len(row.lstrip(">"))
        body = row[mine:]
        body = body[1:] if body.startswith(" ") else body  # stuffed, so that nothing is taken for a quote (4.4)
        broken = body.endswith(" ") and body != "-- "
        if goes_on and mine == depth and body != "-- ":
            lines[-1] += body
        else:
            lines.append(f"{'>' * mine} {body}" if mine else body)
        if broken and delete_space:
            lines[-1] = lines[-1][:-1]
        depth, goes_on = mine, broken
    return "\n".join(lines)
