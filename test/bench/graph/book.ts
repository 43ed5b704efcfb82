// A book for the graph bench, made in SQL: cases in arrears with all that their screens show, like those of the demo book.
import { ensureMonths } from '../../../src/storage/months.js';
import type { Store } from '../../../src/storage/store.js';

export const businessDate = '2026-10-01';
/** Each collector has this many cases, so that a worklist is as long in a small book as in a large one. */
export const casesOfCollector = 200;
export const collector = (number: number): string => `collector-${number}`;
export const caseId = (number: number): string => `case_${number}`;

const date = `date '${businessDate}'`;
const instant = `(timestamptz '${businessDate} 08:00:00Z')`;

/** Days past due: no two neighbours are alike. */
const late = '(1 + (n * 7919) % 360)';
const currency = `(array['IDR', 'CNY', 'VND'])[1 + n % 3]`;
const jurisdiction = `(array['ID', 'CN', 'VN'])[1 + n % 3]`;

interface Part {
  table: string;
  /** What there is several of by case. */
  of?: string;
  /** A line a column: its name, then SQL over `n`, the number of the case from 0 on, and what `of` gives. */
  row: string;
}

const loans = 'generate_series(1, 1 + n % 3) k';
const loanId = `'loan_' || n || 'x' || k`;
const schedule = `${loans}, generate_series(1, 24) i`;
/** Twelve instalments lie before the business date, of which the last ones are open. */
const dueOn = `${date} - ${late} + 30 * (i - 12)`;
const open = 'i >= 12';

const parts: Part[] = [
  {
    table: 'borrower',
    row: `
      id                             'borrower_' || n
      tenant                         'demo'
      source_ref                     'demo/core/borrower/B' || n
      borrower_no                    'B' || n
      name                           (array['Siti "Sari" Rahayu', '王小明', 'Nguyễn Văn An', 'Budi Santoso', E'Dewi\\tLestari'])[1 + n % 5] || ' ' || n
      national_id                    lpad((3173000000000000 + n)::text, 16, '0')
      address                        'Jalan Melati ' || n || ', Jakarta'
      jurisdiction                   ${jurisdiction}
      language                       (array['id', 'zh', 'vi'])[1 + n % 3]
      time_zone                      (array['Asia/Jakarta', 'Asia/Shanghai', 'Asia/Ho_Chi_Minh'])[1 + n % 3]
      segment                        case when n % 4 > 0 then 'RETAIL' end
      sequence                       1`,
  },
  {
    table: 'contact_point',
    of: 'generate_series(1, 2) k',
    row: `
      id                             'contact_' || n || 'x' || k
      borrower_id                    'borrower_' || n
      ordinal                        k
      channel                        (array['PHONE', 'EMAIL'])[k]
      value                          (array['+62812' || lpad(n::text, 8, '0'), 'borrower' || n || '@example.com'])[k]
      preferred                      k = 1
      consent                        n % 7 > 0`,
  },
  {
    table: 'loan',
    of: loans,
    row: `
      id                             ${loanId}
      tenant                         'demo'
      aggregate_id                   'demo/core/L' || n || '-' || k
      account_no                     '0088' || lpad(n::text, 9, '0') || k
      borrower_id                    'borrower_' || n
      product_id                     'PL'
      product_class                  'CONSUMER'
      jurisdiction                   ${jurisdiction}
      currency                       ${currency}
      status                         'ACTIVE'
      principal_minor                240000000
      disbursed_on                   ${date} - ${late} - 360
      version                        12
      result                         'PAST_DUE'
      assessed_on                    ${date}
      overdue_since                  ${date} - ${late} + k - 1
      outstanding_principal_minor    130000000
      outstanding_interest_minor     9750000 + n
      outstanding_fee_minor          0
      outstanding_penalty_minor      0
      outstanding_minor              139750000 + n
      overdue_principal_minor        10000000
      overdue_interest_minor         750000 + n
      overdue_fee_minor              0
      overdue_penalty_minor          0
      overdue_minor                  10750000 + n
      bucket                         case when ${late} <= 30 then 'D1_30' when ${late} <= 60 then 'D31_60' when ${late} <= 90 then 'D61_90' when ${late} <= 120 then 'D91_120' when ${late} <= 180 then 'D121_180' else 'D181_PLUS' end
      quality_class                  case when ${late} <= 90 then 2 when ${late} <= 120 then 3 when ${late} <= 180 then 4 else 5 end
      next_due_on                    ${date} + 30
      touched                        false
      episode                        1
      in_arrears                     true
      episode_since                  ${date} - ${late}`,
  },
  {
    table: 'instalment',
    of: schedule,
    row: `
      id                             'instalment_' || n || 'x' || k || 'x' || i
      loan_id                        ${loanId}
      number                         i
      due_on                         ${dueOn}
      currency                       ${currency}
      principal_due_minor            10000000
      interest_due_minor             750000 + n
      fee_due_minor                  0
      penalty_due_minor              0
      due_minor                      10750000 + n
      outstanding_minor              case when ${open} then 10750000 + n else 0 end`,
  },
  {
    table: 'recovery_case',
    row: `
      id                             'case_' || n
      tenant                         'demo'
      ref                            'C-' || lpad(n::text, 7, '0')
      borrower_id                    'borrower_' || n
      ordinal                        1
      jurisdiction                   ${jurisdiction}
      status                         case when n % 10 = 9 then 'CLOSED' else 'OPEN' end
      stage                          case when n % 10 = 9 then 'CLOSED' when n % 4 = 1 then 'PLACED' else 'ARRANGEMENT' end
      opened_on                      ${date} - ${late} + 1
      closed_on                      case when n % 10 = 9 then ${date} end
      close_reason                   case when n % 10 = 9 then 'CURED' end
      reopened                       0
      overdue_since                  ${date} - ${late}
      highest_threshold              ${late} / 30 * 30
      quality_class                  case when ${late} <= 90 then 2 when ${late} <= 120 then 3 when ${late} <= 180 then 4 else 5 end
      treatment                      'SOFT_COLLECTION'
      arrangement                    'PROMISED'
      legal                          'NONE'
      preservation                   'NONE'
      placement                      case when n % 4 = 1 then 'PLACED' else 'NONE' end
      ownership                      'OWNED'
      legal_eligible                 ${late} > 180
      assignee                       'collector-' || n / ${casesOfCollector}
      team                           'team-' || n % 9
      sequence                       20
      version                        5
      policy_version                 '2026.1'`,
  },
  {
    table: 'case_exposure',
    row: `
      id                             'exposure_' || n
      case_id                        'case_' || n
      currency                       ${currency}
      loans                          1 + n % 3
      overdue_minor                  (1 + n % 3) * (10750000 + n)
      outstanding_minor              (1 + n % 3) * (139750000 + n)`,
  },
  {
    table: 'timeline_entry',
    of: 'generate_series(1, 20) k',
    row: `
      id                             'entry_' || n || 'x' || k
      case_id                        'case_' || n
      sequence                       k
      type                           (array['CaseOpened', 'ThresholdCrossed', 'ReminderOwed', 'InteractionNoted'])[1 + k % 4]
      summary                        (array['The case was opened', 'A threshold of 30 days past due was crossed', 'A reminder is owed', 'The borrower was called: no answer'])[1 + k % 4]
      actor                          case when k % 4 = 3 then 'collector-' || n / ${casesOfCollector} else 'gateway' end
      effective_on                   ${date} - 20 + k
      business_on                    ${date} - 20 + k
      recorded_at                    ${instant} - (20 - k) * interval '1 day'
      cause_id                       'demo/core/L' || n || '/' || k
      data                           '{}'`,
  },
  {
    table: 'interaction',
    of: 'generate_series(1, 1 + n % 9) k',
    row: `
      id                             'interaction_' || n || 'x' || k
      case_id                        'case_' || n
      channel                        (array['PHONE', 'SMS', 'EMAIL'])[1 + k % 3]
      direction                      'OUTBOUND'
      outcome                        (array['NO_ANSWER', 'CONNECTED', 'RIGHT_PARTY', 'MESSAGE_LEFT'])[1 + k % 4]
      note                           case when k % 2 = 0 then 'Says "next week", by the fifth.' end
      at                             ${instant} - k * interval '3 days'
      actor                          'collector-' || n / ${casesOfCollector}`,
  },
  {
    table: 'promise_to_pay',
    row: `
      id                             'promise_' || n
      case_id                        'case_' || n
      currency                       ${currency}
      amount_minor                   5000000 + n
      due_on                         ${date} + n % 20
      made_on                        ${date}
      state                          'OPEN'
      paid_minor                     0
      actor                          'collector-' || n / ${casesOfCollector}`,
  },
  {
    table: 'handoff',
    of: 'generate_series(1, 2) k',
    row: `
      id                             'handoff_' || n || 'x' || k
      delivery_key                   'bench/' || n || '/' || k
      case_id                        'case_' || n
      connector_id                   (array['courier', 'lotus-recovery'])[k]
      operation                      (array['SEND_MESSAGE', 'PLACE'])[k]
      state                          'ACCEPTED'
      payload                        '{}'
      payload_sha256                 repeat('0', 64)
      lane                           'bench/' || n
      lane_sequence                  k
      attempts                       1
      next_attempt_at                ${instant}
      fence                          1
      partner_ref                    'P' || n
      created_at                     ${instant} - k * interval '1 day'
      answered_at                    ${instant}`,
  },
  {
    table: 'agency_placement',
    of: '(select) one where n % 4 = 1',
    row: `
      id                             'placement_' || n
      case_id                        'case_' || n
      agency_id                      'lotus-recovery'
      handoff_id                     'handoff_' || n || 'x2'
      state                          'WORKING'
      placed_on                      ${date} - 10
      expires_on                     ${date} + 80
      commission_rate                0.15
      policy_version                 '2026.1'
      partner_sequence               2
      version                        2`,
  },
  {
    table: 'legal_matter',
    of: '(select) one where n % 8 = 3',
    row: `
      id                             'matter_' || n
      case_id                        'case_' || n
      law_firm_id                    'harbor-legal'
      handoff_id                     'handoff_' || n || 'x2'
      state                          'CLOSED'
      preservation                   'NONE'
      instructed_on                  ${date} - 200
      partner_sequence               3
      closed_on                      ${date} - 100
      version                        3`,
  },
  {
    table: 'bureau_flag',
    row: `
      id                             'flag_' || n
      report_key                     'nusa/L' || n || '-1/1'
      bureau_id                      'nusa-bureau'
      loan_id                        'loan_' || n || 'x1'
      case_id                        'case_' || n
      episode                        1
      state                          'RAISED'
      version                        1
      raised_on                      ${date} - 5
      as_of                          ${date} - 5
      overdue_since                  ${date} - ${late}
      days_past_due                  ${late}
      currency                       ${currency}
      overdue_minor                  10750000 + n
      outstanding_minor              139750000 + n
      quality_class                  2
      step                           0
      would_not_have_fired           false
      policy_version                 '2026.1'`,
  },
];

/** @param store an empty database with all migrations */
export async function fillBook(store: Store, cases: number): Promise<void> {
  await store.transaction(async (tx) => {
    await tx.query('set local session_replication_role = replica'); // nobody listens for these cases
    await tx.query(`insert into business_day (tenant, business_date, opened_at) values ('demo', ${date}, ${instant})`);
    await ensureMonths(tx, ['timeline_entry'], ['2026-09', '2026-10']);
    for (const { table, of, row } of parts) {
      const columns = [...row.matchAll(/^ +(\w+) +(.+)$/gm)];
      await tx.query(
        `insert into ${table} (${columns.map(([, name]) => name).join()}) select ${columns.map(([, , sql]) => sql).join()}
         from generate_series(0, $1::int - 1) n${of ? `, ${of}` : ''}`,
        [cases],
      );
    }
  });
  await store.orm.em.getConnection().execute('vacuum analyze');
}
