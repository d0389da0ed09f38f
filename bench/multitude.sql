set local statement_timeout = '20min';

insert into contacts (workspace_id, email, name, locale, zone, attributes, tags, created_at)
select :house, 'reader' || i || '@readers.example', 'Reader ' || i, 'en', 'UTC',
       jsonb_build_object('plan', case when i % 2 = 0 then 'pro' else 'free' end),
       case when i % 1000 = 0 then array['vip'] else array[]::text[] end,
       cast(:now as timestamptz) - make_interval(secs => i)
from generate_series(1, :n) i;

insert into subscriptions (workspace_id, publication_id, contact_id, state, consent, created_at)
select :house, :publication, id, case when id % 50 = 0 then 'unsubscribed' else 'active' end, 'made for a benchmark',
       cast(:now as timestamptz) - interval '30 days'
from contacts where email like 'reader%@readers.example';

insert into list_members (list_id, contact_id, change_id, added_at)
select :list, c.id, (select max(id) from list_changes where list_id = :list), :now
from contacts c where email like 'reader%@readers.example';

insert into deliveries (workspace_id, kind, source_id, recipient, stream, state, reason, attempts, due_at, sent_at,
                        settled_at, created_at)
select :house, 'edition', :past, 'reader' || i || '@readers.example', 'broadcast',
       case when i % 500 = 0 then 'bounced' else 'delivered' end, '', 1, :now, :now, :now, :now
from generate_series(1, :n) i;

insert into suppressions (workspace_id, email, stream, reason, origin, created_at)
select :house, 'barred' || i || '@readers.example', 'broadcast', 'HardBounce', 'Recipient', :now
from generate_series(1, :n / 5) i;

insert into inbound_emails (workspace_id, provider_id, sender, subject, kind, state, reason, text, elided, received_at,
                            waits_since)
select :house, 'mail-' || i, 'reader' || i || '@readers.example', 'Re: Note G', 'answer', 'processed', '', '', '[]',
       :now, :now
from generate_series(1, :n / 5) i;

insert into import_rows (workspace_id, import_id, number, cells, key, state, forecast, reason, changes, checks)
select :house, :imported, 10 + i, jsonb_build_array('reader' || i || '@readers.example', 'Reader ' || i),
       'reader' || i || '@readers.example', 'created', 'created', '', '{}', '{}'
from generate_series(1, :n) i;

insert into prompts (workspace_id, team_member_id, local_date, reply_token, asked_at, answered_at)
select :house, :other_seat, date '2026-03-01' - cast(i as integer), 'token-' || i, :now, :now
from generate_series(1, 1000) i;

insert into entries (workspace_id, team_id, user_id, prompt_id, local_date, kind, body, place, created_at)
select :house, :team, m.user_id, p.id, p.local_date, 'done', 'Taught the engine lesson ' || p.id || ' of ' || i, i, :now
from prompts p join team_members m on m.id = p.team_member_id cross join generate_series(1, :n / 10000) i
where p.reply_token like 'token-%'
