-- A house that somebody lives in, around the one thing of each that tests/web/houses.py has.

update workspaces set name = 'Northwind' where id = :house;
update users set name = 'Ada Lovelace' where email = 'ada@example.com';
update users set name = 'Grace Hopper' where email = 'grace@example.com';
update teams set name = 'Engine room' where id = :team;
update publications set name = 'Notes on the Engine', about = 'Once a month: what the engine can do by now.', tracks = true
    where id = :publication;
update editions set subject = 'What a loop is good for', html = :letter where id = :edition;
update editions set subject = 'Note G, and why it matters', html = :letter where id = :past;
update revisions set subject = 'What a loop is good for', body = :letter where edition_id = :edition;
update inbound_emails set subject = 'Re: Note G, and why it matters', sender = 'charles@example.com',
    text = 'A loop, of course! May I quote you?' where id = :mail;
update imports set name = 'members of the society.csv' where id = :imported;
update lists set name = 'Members of the society', note = 'from the spring assembly' where id = :list;
update segments set name = 'Regulars', query = 'opened any of the last 5 editions' where id = :segment;
update snippets set body = 'The office is open from nine to five.' where id = :snippet;
update suppressions set reason = 'HardBounce' where reason = :secret;
update contacts set name = 'Mary Somerville' where name = :secret;

-- Readers

insert into contacts (workspace_id, email, name, locale, zone, attributes, tags, created_at)
select :house, 'reader.' || n || '@example.com',
    (array['Mary', 'Alan', 'Emmy', 'Srinivasa', 'Sophie'])[n % 5 + 1] || ' '
        || (array['Somerville', 'Turing', 'Noether', 'Ramanujan', 'Germain'])[n % 7 % 5 + 1],
    'en', 'UTC', '{}', (array['{}', '{vip}', '{press,vip}', '{}'])[n % 4 + 1]::text[], :now - n * interval '3 hours'
from generate_series(1, 480) n;

insert into subscriptions (workspace_id, publication_id, contact_id, state, consent, consented_at, source,
    changed_how, changed_by, changed_words, changed_ip, created_at)
select :house, :publication, id, case when id % 23 = 0 then 'unsubscribed' else 'active' end, 'on the sign-up page',
    created_at, '/subscribe', '', '', '', '', created_at
from contacts where workspace_id = :house and email ~ '^reader\.[0-9]';

-- Editions that have gone out, a week between them

insert into editions (workspace_id, publication_id, subject, html, text, meant_for, side, left_out, state, audience,
    tracking, published_at, addressed_at, finished_at, created_at)
select :house, :publication, (array['A letter about punched cards', 'The difference engine, revisited',
    'Tables without mistakes', 'How to read a diagram'])[n], :letter, 'As text', '', '', 0, 'sent', 0,
    'on', at, at, at + interval '40 seconds', at
from generate_series(1, 4) n, lateral (select :now - (5 - n) * interval '7 days' as at) moment;

update editions set tracking = 'on', published_at = :now - interval '2 days', addressed_at = :now - interval '2 days',
    finished_at = :now - interval '2 days' where id = :past;

insert into deliveries (workspace_id, kind, source_id, recipient, stream, attempts, state, reason, due_at, sent_at,
    settled_at, created_at)
select :house, 'edition', e.id, c.email, 'broadcast', 1,
    case when n % 97 = 0 then 'bounced' when n % 211 = 0 then 'complained' else 'delivered' end,
    case when n % 97 = 0 then 'HardBounce' else '' end, e.published_at, e.published_at,
    e.published_at + n % 50 * interval '20 minutes', e.published_at
from editions e, lateral (
    select email, row_number() over (order by id) as n from contacts where workspace_id = :house and email ~ '^reader\.[0-9]'
) c
where e.publication_id = :publication and e.published_at is not null and c.n < 340 + 20 * e.id % 100;

update editions e set audience = (select count(*) from deliveries d where d.kind = 'edition' and d.source_id = e.id)
where e.publication_id = :publication and e.published_at is not null;

insert into traces (delivery_id, what, link_id, workspace_id, edition_id, by, reason, client, country, people, unsure,
    machines, first_at, last_at)
select id, what, 0, workspace_id, source_id, (array['person', 'person', 'person', 'unsure', 'machine'])[id % 5 + 1], '',
    (array['Apple Mail', 'Gmail', 'Outlook'])[id % 3 + 1], (array['GB', 'US', 'JP', 'PE'])[id % 4 + 1], 1, 0, 0, seen, seen
from deliveries, unnest(array['open', 'click']) what,
    lateral (select sent_at + (id % 47 + 1) * interval '23 minutes' as seen) moment
where kind = 'edition' and workspace_id = :house and state = 'delivered' and (id % 9 < 5 and what = 'open' or id % 9 = 0);
