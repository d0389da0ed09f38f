"""Who is meant: a line that a person can type and a URL can carry, read by code of ours and never by PostgreSQL.

    tag = "vip" and (plan = "pro" or joined after 2026-01-01) and not opened edition 7

A segment is conditions, put together by `and`, `or`, `not` and brackets; `and` binds more tightly than `or`. Words may
be written large or small, texts stand in quotation marks (`"`, “ or ”, and a backslash before one that is part of the
text), days are `2026-01-31` in UTC, numbers `12` or `-0.5`. What a condition may be:

    everybody
    tag = "vip"                       also != and `is set`, `is missing`: whether there is any tag at all
    name contains "Ada"               name, email, domain, locale and zone take = != contains, is set, is missing
    joined since 2026-01-01           before, until, on, since and after (or < <= = >= >) a day, or
    joined in the last 30 days        hours, days, weeks or months, which are 30 days
    plan = "pro"                      an attribute: = != < <= > >= with a text, a number, a day, yes or no; `contains`
                                      a text, or has it in its list; before, since … a day; is set, is missing
    attribute "favourite tea" = "Assam"     one whose name is no plain word, or is a word of ours
    subscribed to newsletter "Notes"        or a number, or `any newsletter`; also paused on, confirmed,
                                      unconfirmed for, unsubscribed from, bounced from, complained about; a time may
                                      follow each
    sent edition 7                    also opened, clicked, replied to, bounced by; `any edition`, `any of the last 5
                                      editions`, each `of newsletter "Notes"` if wanted; each may have a time
    clicked "pricing" in edition 7    where the link contains that; machines neither open nor click
    suppressed                        whether we may not mail newsletters to the address
    in segment "Regulars"             one that is saved, by its name or number
    on list "Customers"               whoever is on it now

Capitals count in = and do not in `contains`, nor in addresses, domains and locales. Who lacks an attribute is not less,
not more and not equal: `plan != "pro"` says the same as `not plan = "pro"`. Imports keep attributes as text: one that
reads like a number, a day, yes or no is taken for it where it is compared with one.

`grammar.lark` is the grammar, `parsing` reads a text into `conditions`, `written` writes those as text again, `words`
says them in English, `pinning` finds what they name in a workspace, `sql` asks PostgreSQL with bound values alone.
"""
