// Which records a file has for an account, and what each does at the bureau: by what was told of it before.
import type { BureauFileFormat, FileAction, FileRecord } from '../../connectors/bureau-file.js';
import { toJson } from '../domain/loan/kept-position.js';
import { sha256 } from '../domain/ids.js';
import type { LastTold } from '../storage/bureau-items.js';
import type { Draft } from './record.js';
import type { Period } from './standing.js';

export type FileKind = 'PERIOD' | 'RESUBMISSION' | 'CORRECTION';

/** What the bureau has to be told of an account beside its standing: disputes about it. */
export interface Marked {
  mark: NonNullable<FileRecord['mark']> | null;
  /** Somebody else owes it: the account is deleted. */
  fraud: boolean;
}

export interface Decided {
  action: FileAction;
  version: number;
  record: FileRecord;
  recordSha256: string;
  /** The item that this one takes the place of. */
  corrects: string | null;
  /** Why it cannot be sent, where the format has no way to say it. */
  hindrance: { code: string; field: string; words: string } | null;
}

/** Of what is said of an account, whatever is done with it: so a later look shows whether it would be said otherwise now. */
export const contentOf = (record: Draft['record']): string => sha256(toJson(record));

/**
 * @param told of any period, first what the bureau holds
 * @param ofPeriod what was told last of this period, for resubmissions and corrections
 * @returns none where there is nothing to tell
 */
export function decide(
  draft: Draft,
  kind: FileKind,
  period: Period,
  { told, ofPeriod, marked }: { told?: LastTold; ofPeriod?: LastTold; marked?: Marked },
  format: Pick<BureauFileFormat, 'changeOfNumber'>,
): Decided[] {
  const { record, ended } = draft;
  const content = contentOf(record);
  const held = told?.held ?? false;
  if (kind === 'PERIOD' && ended && (held ? told!.ended : record.standing.stateSince < period.from)) return [];
  if (kind === 'RESUBMISSION' && !(ofPeriod && ['REJECTED', 'HELD_BACK'].includes(ofPeriod.state))) return [];
  if (kind === 'CORRECTION' && (ofPeriod?.recordSha256 === content || (ofPeriod && !ofPeriod.held))) return [];
  if (kind === 'CORRECTION' && !ofPeriod && ended) return [];
  if (marked?.fraud && (!held || told!.action === 'DELETE_FRAUD')) return [];
  let version = told?.version ?? 0;
  const mark = marked?.mark;
  const made = (action: FileAction, more: Partial<FileRecord['account']> = {}, hindrance: Decided['hindrance'] = null): Decided => {
    version++;
    return {
      action,
      version,
      record: {
        key: `${record.account.accountRef}/${version}`,
        action,
        ...record,
        account: { ...record.account, ...more },
        ...(mark ? { mark } : {}),
      },
      recordSha256: content,
      corrects: kind === 'PERIOD' ? null : (ofPeriod?.id ?? null),
      hindrance,
    };
  };
  if (marked?.fraud) return [made('DELETE_FRAUD')];
  const corrects = ofPeriod && (kind === 'CORRECTION' || (kind === 'RESUBMISSION' && ofPeriod.action === 'CORRECT'));
  const action: FileAction = !held ? 'CREATE' : corrects ? 'CORRECT' : 'UPDATE';
  if (!held || told!.accountRef === record.account.accountRef) return [made(action)];
  const former = { formerAccountRef: told!.accountRef };
  switch (format.changeOfNumber) {
    case 'ALONE':
      return [made('IDENTIFIER', former), made(action)];
    case 'WITHIN':
      return [made('IDENTIFIER', former)];
    case 'NEVER':
      return [
        made(action, former, {
          code: 'NUMBER_CHANGED',
          field: 'accountRef',
          words: `the bureau knows the account as ${told!.accountRef} and its files cannot tell that the number changed`,
        }),
      ];
  }
}
