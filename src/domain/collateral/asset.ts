// The life of a pledged asset as a table, each asset in its own state. To allow a step, add it to a row: nothing else decides.

export const assetStates = [
  'CHARGED',
  'VALUED',
  'REPOSSESSION_ORDERED',
  'SEIZED',
  'LISTED',
  'AUCTION',
  'SOLD',
  'UNSOLD',
  'PRIVATE_SALE',
  'IN_LIEU',
  'PROCEEDS_DISTRIBUTED',
  'RELEASED',
] as const;
export type AssetState = (typeof assetStates)[number];

export const assetStepNames = [
  'VALUE',
  'ORDER',
  'SEIZE',
  'LIST',
  'OPEN_ROUND',
  'SELL',
  'FAIL',
  'SELL_PRIVATELY',
  'PROPOSE_IN_LIEU',
  'TAKE_IN_LIEU',
  'DISTRIBUTE',
  'RELEASE',
] as const;
export type AssetStep = (typeof assetStepNames)[number];

/** A valuation moves an asset that waits for one; later ones are kept beside its state. CHARGED and VALUED are told by the valuations alone. */
export const assetSteps: Record<AssetState, Partial<Record<AssetStep, AssetState>>> = {
  CHARGED: { VALUE: 'VALUED', RELEASE: 'RELEASED' },
  VALUED: { VALUE: 'VALUED', ORDER: 'REPOSSESSION_ORDERED', SEIZE: 'SEIZED', RELEASE: 'RELEASED' },
  REPOSSESSION_ORDERED: { VALUE: 'REPOSSESSION_ORDERED', SEIZE: 'SEIZED', LIST: 'LISTED', RELEASE: 'RELEASED' },
  SEIZED: { VALUE: 'SEIZED', LIST: 'LISTED', RELEASE: 'RELEASED' },
  LISTED: { VALUE: 'LISTED', OPEN_ROUND: 'AUCTION', RELEASE: 'RELEASED' },
  AUCTION: { VALUE: 'AUCTION', SELL: 'SOLD', FAIL: 'UNSOLD' },
  UNSOLD: {
    VALUE: 'UNSOLD',
    LIST: 'LISTED',
    SELL_PRIVATELY: 'PRIVATE_SALE',
    PROPOSE_IN_LIEU: 'UNSOLD',
    TAKE_IN_LIEU: 'IN_LIEU',
    RELEASE: 'RELEASED',
  },
  SOLD: { DISTRIBUTE: 'PROCEEDS_DISTRIBUTED' },
  PRIVATE_SALE: { DISTRIBUTE: 'PROCEEDS_DISTRIBUTED' },
  IN_LIEU: { DISTRIBUTE: 'PROCEEDS_DISTRIBUTED' },
  PROCEEDS_DISTRIBUTED: { RELEASE: 'RELEASED' },
  RELEASED: {},
};

export const mayStep = (state: string, step: AssetStep): boolean => assetSteps[state as AssetState]?.[step] !== undefined;

/** Between its order or seizure and the distribution of what it brought. */
export const statesInDisposal: readonly AssetState[] = [
  'REPOSSESSION_ORDERED',
  'SEIZED',
  'LISTED',
  'AUCTION',
  'UNSOLD',
  'SOLD',
  'PRIVATE_SALE',
  'IN_LIEU',
];

export const valuationMethods = ['DESKTOP', 'FULL', 'INDEX', 'COURT'] as const;
export type ValuationMethod = (typeof valuationMethods)[number];
/** CORE: as core banking told it. */
export const valuationSources = ['CORE', 'CASE'] as const;
export const disposalMethods = ['AUCTION', 'PRIVATE_SALE', 'IN_LIEU'] as const;
export const roundResults = ['SOLD', 'UNSOLD'] as const;
export const shareKinds = ['COST', 'LIEN', 'LOAN', 'SURPLUS'] as const;
/** As `schema/events/CollateralUpdated.json` names them. */
export const collateralKinds = ['REAL_ESTATE', 'VEHICLE', 'GOLD', 'DEPOSIT', 'EQUIPMENT', 'OTHER'] as const;

/** Of one day the id that sorts last counts: among those of core banking the newest, and what people recorded before those. */
export const coreValuationIdOf = (collateralId: string, sequence: bigint): string =>
  `valuation_${collateralId.slice(-16)}${sequence.toString(16).padStart(16, '0')}`;
export const valuationIdOf = (collateralId: string, caseOrdinal: number, caseSequence: bigint): string =>
  `valuation_${collateralId.slice(-16)}z${String(caseOrdinal).padStart(4, '0')}${String(caseSequence).padStart(11, '0')}`;
