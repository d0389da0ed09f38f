"""count and offset, as Postmark's lists want them."""

from sandbox.errors import bad_parameter


def page(query: dict[str, str], required: bool = True) -> tuple[int, int]:
    """(count, offset). Raises Refused (700) when they are missing, no numbers, above 500 or 10,000 together."""
    if required and not ("count" in query and "offset" in query):
        raise bad_parameter("The 'count' and 'offset' parameters are required.")
    try:
        count, offset = int(query.get("count", 100)), int(query.get("offset", 0))
    except ValueError:
        raise bad_parameter("The 'count' and 'offset' parameters must be numbers.") from None
    if not 0 <= count <= 500:
        raise bad_parameter("The 'count' parameter must be between 1 and 500.")
    if offset < 0 or count + offset > 10_000:
        raise bad_parameter("The 'count' and 'offset' parameters together may not exceed 10000.")
    return count, offset
