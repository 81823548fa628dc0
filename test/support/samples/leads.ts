import type { Database } from '#core'

/** Text that breaks a careless writer: quotes, newlines, formulas, leading zeros, emoji, both directions. */
export const nasty = [
  'María Peña',
  '=1+1',
  '+51987654321',
  '-2',
  '@SUM(A1)',
  'a,b;c',
  'say "hi"',
  'two\nlines',
  'CR\rhere',
  '\ttab',
  '007',
  '👩‍👩‍👧‍👦 familia',
  'שלום',
  'e\u0301 é',
  '<b>&amp;</b>',
  "o'hara",
  ' padded ',
  '\\N',
  '',
  'x'.repeat(300),
]

/** Inserts `count` leads with nasty text, as the write path would leave them. */
export async function addLeads(
  database: Database,
  workspaceId: string,
  chatbotId: string,
  count: number,
): Promise<void> {
  await database.tenant(workspaceId, async (client) => {
    await client.query(
      `INSERT INTO leads (workspace_id, hex, chatbot_id, account_id, name, email, email_lower, phone, source, metadata, created_at)
       SELECT $1, lpad(to_hex(n), 16, '0'), $2, a.id, ($3::text[])[1 + n % array_length($3::text[], 1)], 'p' || n || '@example.com',
         'p' || n || '@example.com', '+5198765' || lpad(n::text, 4, '0'), 'web',
         jsonb_build_object('utm_source', 'google', 'note', ($3::text[])[1 + (n + 7) % array_length($3::text[], 1)]),
         timestamptz '2026-01-01T00:00:00Z' + n * interval '1 minute'
       FROM generate_series(1, $4::int) n, accounts a WHERE a.implicit`,
      [workspaceId, chatbotId, nasty, count],
    )
    await client.query(
      `INSERT INTO metadata_keys (workspace_id, dataset, key) VALUES ($1, 'leads', 'utm_source'), ($1, 'leads', 'note') ON CONFLICT DO NOTHING`,
      [workspaceId],
    )
  })
}
