"""From what somebody writes to the letter that goes out: Markdown, MJML or HTML, in the newsletter's own clothes."""
