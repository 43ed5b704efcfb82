// What has changed beside timelines, as those who are told of it read it: where cases are queued, and hand-overs.
import type { Store } from './store.js';

export interface Placed {
  caseId: string;
  assignee: string | null;
  team: string | null;
}

/** Where open cases are queued now. */
export function placesOf(store: Store, caseIds: readonly string[]): Promise<Placed[]> {
  return store.alone<Placed>(
    `select id as "caseId", assignee, team from recovery_case where id = any($1) and status = 'OPEN' and (assignee is not null or team is not null)`,
    [caseIds],
  );
}

export interface HandoffRef {
  id: string;
  caseId: string;
  connectorId: string;
}

export function handoffRefs(store: Store, ids: readonly string[]): Promise<HandoffRef[]> {
  return store.alone<HandoffRef>(`select id, case_id as "caseId", connector_id as "connectorId" from handoff where id = any($1)`, [ids]);
}
