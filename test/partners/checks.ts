// The checks of `npm run test:partners`: a line each.
import { badPartner } from './bad-partner.js';
import { matrix, replays, tampered } from './callbacks.js';
import type { Check } from './check.js';
import { killed } from './killed.js';
import { ledes } from './ledes.js';
import { remittance } from './remittance.js';
import { unknownOutcomes } from './unknown.js';

export const checks: readonly Check[] = [tampered, matrix, unknownOutcomes, replays, killed, badPartner, remittance, ledes];
