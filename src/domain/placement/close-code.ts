// Why an agency closed a placement, in one set of codes for all agencies, and what has to be stopped for it.

export const closeCodes = [
  'PAID',
  'SETTLED',
  'RECALLED',
  'BANKRUPT',
  'DECEASED',
  'DISPUTE',
  'FRAUD',
  'UNCOLLECTABLE',
  'CEASE_COMMUNICATION',
  'TIME_BARRED',
  'LEGAL',
  'SOLD',
] as const;
export type CloseCode = (typeof closeCodes)[number];

/** The hold that a code asks for until a person has looked into it. A notice that the law demands is not a contact in the sense of CONTACT. */
export const holdOfCloseCode: Readonly<Partial<Record<CloseCode, { type: string; scopes: readonly string[] }>>> = {
  BANKRUPT: { type: 'BANKRUPTCY', scopes: ['CONTACT', 'LEGAL', 'PLACEMENT', 'SALE'] },
  DECEASED: { type: 'DECEASED', scopes: ['CONTACT', 'LEGAL', 'PLACEMENT', 'SALE'] },
  DISPUTE: { type: 'DISPUTE', scopes: ['LEGAL', 'PLACEMENT', 'SALE'] },
  FRAUD: { type: 'FRAUD_INVESTIGATION', scopes: ['CONTACT', 'LEGAL', 'PLACEMENT', 'SALE'] },
  CEASE_COMMUNICATION: { type: 'CEASE_CONTACT', scopes: ['CONTACT', 'PLACEMENT'] },
};
