from sandbox.exchange import Answer, Request, html_answer
from sandbox.server import Server


def sent(server: Server, request: Request) -> Answer:
    return html_answer("soon")


style = sent
