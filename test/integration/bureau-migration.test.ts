// What bureaus were told before reports were kept one by one is carried over into one line of versions for each loan.
import { reportIdOf } from '../../src/storage/bureau-flags.js';
import { openStore } from '../../src/storage/store.js';
import { openDatabase, type Database } from '../support/database.js';

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
}, 60_000);
afterAll(() => database?.stop(), 60_000);

it('numbers what was said over all episodes, and what is still to be sent goes out by its new number', async () => {
  await database.store.orm.em.getConnection().execute('create database before_reports');
  const at = new URL(database.url);
  at.pathname = '/before_reports';
  const store = await openStore(at.toString());
  const rows = (text: string) => store.transaction((tx) => tx.query<Record<string, any>>(text));
  try {
    await store.orm.migrator.up({ to: 'Migration20261125190000_external_ref_ids' });
    await rows(`insert into recovery_case select * from json_populate_record(null::recovery_case, '{"id": "case_1", "tenant": "t", "ref": "1", "borrower_id": "borrower_1", "ordinal": 1, "jurisdiction": "ID", "status": "OPEN",
      "stage": "X", "opened_on": "2026-01-01", "reopened": 0, "highest_threshold": 0, "quality_class": 1, "treatment": "NONE", "arrangement": "NONE", "legal": "NONE", "preservation": "NONE", "placement": "NONE",
      "ownership": "OWNED", "legal_eligible": false, "sequence": 1, "version": 1, "policy_version": "v1"}')`);
    await rows(`insert into bureau_flag (id, report_key, bureau_id, loan_id, case_id, episode, state, version, raised_on, as_of, overdue_since, days_past_due, currency, overdue_minor, outstanding_minor, quality_class,
        withdrawn_on, withdraw_reason, would_not_have_fired, policy_version)
      values ('flag_1', 'b/l/1', 'b', 'l', 'case_1', 1, 'WITHDRAWN', 2, '2026-02-10', '2026-02-10', '2026-01-10', 31, 'IDR', 100, 100, 2, '2026-02-20', 'CURED', false, 'ID-2026.1'),
        ('flag_2', 'b/l/2', 'b', 'l', 'case_1', 2, 'CORRECTED', 2, '2026-04-10', '2026-04-10', '2026-03-10', 31, 'IDR', 100, 100, 2, null, null, false, 'ID-2026.1')`);
    await rows(`insert into handoff (id, delivery_key, case_id, connector_id, operation, state, payload, payload_sha256, lane, lane_sequence, attempts, next_attempt_at, fence, partner_ref, created_at, answered_at)
      select 'handoff_' || key || version, 'bureau/' || key || '/' || version, 'case_1', 'b', operation, state, jsonb_build_object('reportKey', key, 'version', version, 'accountRef', 'A1', 'asOf', '2026-02-10')
          || case when version > 1 then jsonb_build_object('replacesVersion', version - 1) else '{}' end, 'sha', 'bureau/' || key, version, attempts, now(), 0, ref, '2026-02-10', case when ref is null then null else timestamptz '2026-02-11' end
      from (values ('b/l/1', 1, 'reportOverdue', 'ACCEPTED', 1, 'R1'), ('b/l/1', 2, 'withdrawReport', 'ACCEPTED', 1, 'R2'), ('b/l/2', 1, 'reportOverdue', 'UNKNOWN', 3, null), ('b/l/2', 2, 'correctReport', 'QUEUED', 0, null))
        h(key, version, operation, state, attempts, ref)`);

    // l is in order with its flag; of the others one was held, one was withdrawn as an error, and one is late and has crossed nothing.
    const needed = await rows(
      `select column_name as name, udt_name as type from information_schema.columns where table_name = 'loan' and is_nullable = 'NO' and column_default is null and column_name not in ('id', 'in_arrears', 'episode')`,
    );
    const plain: Record<string, string> = {
      int4: '0',
      int8: '0',
      bool: 'false',
      _text: `'{}'`,
      datemultirange: `'{}'`,
      json: `'[]'`,
      jsonb: `'[]'`,
    };
    const columns = needed.map(({ name }) => name).join(', ');
    const values = needed.map(({ name, type }) => (name === 'aggregate_id' ? 'id' : (plain[type] ?? `''`))).join(', ');
    await rows(
      `insert into loan (id, in_arrears, episode, assessed_on, ${columns}) select id, true, 2, date '2026-04-20', ${values} from unnest(array['l', 'held', 'wrong', 'late']) id`,
    );
    await rows(`insert into decision (id, case_id, sequence, rule_id, policy_version, outcome, reasons, inputs, decided_on)
      select id, 'case_1', 1, 'threshold-31', 'v1', 'BUREAU_FLAG_HELD', '{}', jsonb_build_object('loanId', id), '2026-04-10' from unnest(array['l', 'held']) id`);
    await rows(`insert into bureau_flag (id, report_key, bureau_id, loan_id, case_id, episode, state, version, raised_on, as_of, overdue_since, days_past_due, currency, overdue_minor, outstanding_minor, quality_class,
        withdrawn_on, withdraw_reason, would_not_have_fired, policy_version)
      values ('flag_3', 'b/wrong/2', 'b', 'wrong', 'case_1', 2, 'WITHDRAWN', 2, '2026-04-10', '2026-04-10', '2026-03-10', 31, 'IDR', 100, 100, 2, '2026-04-12', 'ERROR', true, 'ID-2026.1')`);

    await store.orm.migrator.up();
    expect(await rows('select id, decides_on::text as on from loan where decides_on is not null order by id')).toEqual([
      { id: 'held', on: '2026-04-20' },
      { id: 'wrong', on: '2026-04-20' },
    ]);
    expect(
      await rows(
        'select id, flag_id, version, kind, account_ref, said_on::text, acknowledgement_state as state, acknowledgement_ref as ref from bureau_report order by version',
      ),
    ).toEqual([
      {
        id: reportIdOf('b', 'l', 1),
        flag_id: 'flag_1',
        version: 1,
        kind: 'OVERDUE',
        account_ref: 'A1',
        said_on: '2026-02-10',
        state: 'ACCEPTED',
        ref: 'R1',
      },
      {
        id: reportIdOf('b', 'l', 2),
        flag_id: 'flag_1',
        version: 2,
        kind: 'WITHDRAWAL',
        account_ref: 'A1',
        said_on: '2026-02-20',
        state: 'ACCEPTED',
        ref: 'R2',
      },
      {
        id: reportIdOf('b', 'l', 3),
        flag_id: 'flag_2',
        version: 3,
        kind: 'OVERDUE',
        account_ref: 'A1',
        said_on: '2026-04-10',
        state: null,
        ref: null,
      },
      {
        id: reportIdOf('b', 'l', 4),
        flag_id: 'flag_2',
        version: 4,
        kind: 'CORRECTION',
        account_ref: 'A1',
        said_on: '2026-02-10',
        state: null,
        ref: null,
      },
    ]);
    expect(await rows('select version from bureau_flag order by id')).toEqual([{ version: 2 }, { version: 4 }, { version: 2 }]);
    // What may be with the bureau already keeps its words.
    const sent = await rows(
      `select lane, lane_sequence::int as place, (payload->>'version')::int as version, (payload->>'replacesVersion')::int as replaces, payload_sha256 = r.bytes_sha256 as proved
       from handoff h join bureau_report r on r.handoff_id = h.id order by lane_sequence`,
    );
    const lane = 'bureau/b/l';
    expect(sent).toEqual([
      { lane, place: 2, version: 1, replaces: null, proved: true },
      { lane, place: 4, version: 2, replaces: 1, proved: true },
      { lane, place: 6, version: 1, replaces: null, proved: true },
      { lane, place: 8, version: 4, replaces: 3, proved: true },
    ]);
    await store.orm.migrator.down({ migrations: ['Migration20261125210000_bureau_reports'] });
    expect(await rows(`select to_regclass('bureau_report') as there`)).toEqual([{ there: null }]);
  } finally {
    await store.close();
  }
}, 60_000);
