// What a business date brings to placements: what is late, what ends, what agencies have to be told, and what has cooled off.
import { plusDays } from '../domain/day.js';
import type { Fact } from '../domain/fact.js';
import { isLivePlacement, type PlacementState } from '../domain/placement/placement.js';
import { policyFor } from '../policies/index.js';
import { casesById } from '../storage/cases.js';
import { AgencyPlacement } from '../storage/definitions/placements.js';
import { oweHandoffs, type OwedHandoff } from '../storage/handoffs.js';
import { anyPlacements, dueCases, duePlacements, paidMeanwhile, untoldPlacements, type PaidMeanwhile } from '../storage/placements.js';
import type { Tx } from '../storage/store.js';
import { changeCase, type CaseRow, type Happening } from './change-case.js';
import { endPlacement, finalRecallOf, type PlacementRow } from './end-placement.js';
import { recallHappening, recallOf, requestRecall } from './recall-placement.js';
import { directPaymentOf, updateOf } from './tell-agency.js';

/** What one case is told on the date, and what is owed for it: the order of a happening is that of its hand-over. */
interface Day {
  theCase: CaseRow;
  told: Happening[];
  owed: OwedHandoff[];
}

export async function keepPlacements(tx: Tx, fact: Fact): Promise<void> {
  const { tenant, businessOn: today } = fact;
  if (!(await anyPlacements(tx, tenant))) return;
  const due = await duePlacements(tx, tenant, today);
  const untold = new Map((await untoldPlacements(tx, { tenant })).map((each) => [each.id, each.told]));
  const paid = byPlacement(await paidMeanwhile(tx, tenant));
  const cooled = await dueCases(tx, tenant, today);
  const ids = [...new Set([...due, ...untold.keys(), ...paid.keys()])];
  const placements = ids.length ? await tx.em.find(AgencyPlacement, { id: { $in: ids } }, { orderBy: { id: 'asc' } }) : [];
  const cases = await casesById(tx, [...placements.map(({ caseId }) => caseId), ...cooled]);
  const days = new Map(cases.map((theCase): [string, Day] => [theCase.id, { theCase, told: [], owed: [] }]));
  for (const placement of placements) {
    const day = days.get(placement.caseId)!;
    const say = saying(day, fact);
    isLate(placement, today, say);
    ends(day, placement, today, say, fact);
    if (!isLivePlacement(placement.state as PlacementState)) continue;
    for (const each of paid.get(placement.id) ?? []) {
      say(`DIRECT_${each.kind}_OWED`, `${placement.agencyId} is told of a ${each.kind.toLowerCase()} to the bank`, {
        placementId: placement.id,
      });
      day.owed.push(directPaymentOf(day.theCase, placement, each, sequenceOf(day)));
    }
    const told = untold.get(placement.id);
    if (told) {
      placement.toldSha256 = told;
      say('PLACEMENT_UPDATE_OWED', `${placement.agencyId} is told what has changed`, { placementId: placement.id });
      day.owed.push(await updateOf(tx, day.theCase, placement, `update/${placement.id}/${today}`, sequenceOf(day), today));
    }
  }
  for (const id of cooled) {
    const day = days.get(id)!;
    day.theCase.placeableFrom = null;
    saying(day, fact)('PLACEMENT_COOLED_OFF', 'The case may be placed again', {});
  }
  for (const { theCase, told } of days.values()) if (told.length) changeCase(tx, theCase, fact, told);
  await oweHandoffs(
    tx,
    [...days.values()].flatMap(({ owed }) => owed),
  );
}

function byPlacement(paid: readonly PaidMeanwhile[]): Map<string, PaidMeanwhile[]> {
  const by = new Map<string, PaidMeanwhile[]>();
  for (const each of paid) by.set(each.placement_id, [...(by.get(each.placement_id) ?? []), each]);
  return by;
}

type Say = (type: string, summary: string, data: Record<string, unknown>) => void;

const saying =
  ({ told }: Day, { source, businessOn }: Fact): Say =>
  (type, summary, data) =>
    void told.push({ type, summary, actor: source, effectiveOn: businessOn, data });

/** Of the newest thing that the case is told. */
const sequenceOf = ({ theCase, told }: Day): bigint => theCase.sequence + BigInt(told.length);

function isLate(placement: PlacementRow, today: string, say: Say): void {
  const data = { placementId: placement.id };
  if (placement.state === 'OFFERED' && placement.acknowledgeBy && placement.acknowledgeBy < today && !placement.acknowledgedLate) {
    placement.acknowledgedLate = true;
    say('PLACEMENT_ACKNOWLEDGEMENT_LATE', `${placement.agencyId} has not taken the case on by ${placement.acknowledgeBy}`, data);
  }
  if (placement.statusDueOn && placement.statusDueOn < today) {
    say('PLACEMENT_STATUS_LATE', `${placement.agencyId} has said nothing by ${placement.statusDueOn}`, data);
    placement.statusesLate += 1;
    placement.statusDueOn = plusDays(placement.statusDueOn, placement.statusEveryDays!);
  }
}

/** A recall whose window is over is final; so is a term; and a case that is cured has nothing left to work. */
function ends(day: Day, placement: PlacementRow, today: string, say: Say, fact: Fact): void {
  const { theCase } = day;
  const data = { placementId: placement.id };
  if (placement.recallDueOn && placement.recallDueOn < today) {
    const unanswered = placement.state === 'OBJECTED' ? ', its objection was not granted' : '';
    say('PLACEMENT_RECALLED', `The recall from ${placement.agencyId} is final${unanswered}`, data);
    day.owed.push(finalRecallOf(theCase, placement, sequenceOf(day), placement.recallReason ?? 'RECALLED', today));
    endPlacement(theCase, placement, 'RECALLED', today);
  } else if (placement.expiresOn < today) {
    say('PLACEMENT_EXPIRED', `The placement with ${placement.agencyId} has ended`, data);
    day.owed.push(finalRecallOf(theCase, placement, sequenceOf(day), 'EXPIRED', today));
    endPlacement(theCase, placement, 'EXPIRED', today);
  } else if (!placement.recallRequestedOn && hasCured(theCase, today)) {
    requestRecall(theCase, placement, 'PAID', today);
    day.told.push(recallHappening(placement, fact.source, today));
    day.owed.push(recallOf(theCase, placement, `recall/${placement.id}/cured/${today}`, sequenceOf(day)));
  }
}

const hasCured = ({ curedSince, jurisdiction }: CaseRow, today: string): boolean =>
  curedSince != null && plusDays(curedSince, policyFor(jurisdiction, today).cases.cureDays) <= today;
