// The register of the simulated partners: a line each.
import { courier } from './courier/spec.js';
import { harborLegal } from './harbor-legal/spec.js';
import { lotusRecovery } from './lotus-recovery/spec.js';
import { merdekaLaw } from './merdeka-law/spec.js';
import { mitraTagih } from './mitra-tagih/spec.js';
import { nusaBureau } from './nusa/spec.js';
import { summitAssets } from './summit-assets/spec.js';
import type { PartnerSpec } from './spec.js';

export const partnerSpecs: readonly PartnerSpec[] = [nusaBureau, harborLegal, merdekaLaw, summitAssets, lotusRecovery, courier, mitraTagih];
