// The register of all partners and source formats: a line each, in no order that matters.
import { createLotusRecovery } from './agency/lotus-recovery/connector.js';
import { createSummitAssets } from './asset-manager/summit-assets/connector.js';
import type { Connector, PartnerSettings, SourceFormat } from './contract.js';
import { createCanonicalFormat } from './core-banking/canonical/format.js';
import { createDebeziumFormat } from './core-banking/debezium/format.js';
import { createFineractFormat } from './core-banking/fineract/format.js';
import { createNusaBureau } from './credit-bureau/nusa-bureau/connector.js';
import { createHarborLegal } from './law-firm/harbor-legal/connector.js';
import { createMerdekaLaw } from './law-firm/merdeka-law/connector.js';
import { createCourier } from './notification/courier/connector.js';

/** By the id that settings, cases and callbacks know the partner by. */
export const partners: Readonly<Record<string, (settings: PartnerSettings) => Connector>> = {
  'nusa-bureau': createNusaBureau,
  'harbor-legal': createHarborLegal,
  'merdeka-law': createMerdekaLaw,
  'summit-assets': createSummitAssets,
  'lotus-recovery': createLotusRecovery,
  courier: createCourier,
};

/** By the id that SOURCES names them by; a factory throws with the name of the setting that is wrong. */
export const sourceFormats: Readonly<
  Record<string, (settings: Readonly<Record<string, string | undefined>>, topics: readonly string[]) => SourceFormat>
> = {
  canonical: createCanonicalFormat,
  debezium: createDebeziumFormat,
  fineract: createFineractFormat,
};
