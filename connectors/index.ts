// The register of all partners and source formats: a line each, in no order that matters.
import { createLotusRecovery } from './agency/lotus-recovery/connector.js';
import { createMitraTagih } from './agency/mitra-tagih/connector.js';
import { createSummitAssets } from './asset-manager/summit-assets/connector.js';
import type { Connector, PartnerSettings } from './contract.js';
import type { SourceFormat } from './contract/source.js';
import type { BureauFileFormat } from './bureau-file.js';
import { createCanonicalFormat } from './core-banking/canonical/format.js';
import { createDebeziumFormat } from './core-banking/debezium/format.js';
import { createFineractFormat } from './core-banking/fineract/format.js';
import { createMetro2 } from './credit-bureau/metro2/format.js';
import { createNusaBureau } from './credit-bureau/nusa-bureau/connector.js';
import { createPbocFormat } from './credit-bureau/pboc/format.js';
import { createSlikFormat } from './credit-bureau/slik/format.js';
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
  'mitra-tagih': createMitraTagih,
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

/** By the format that the settings of a bureau name. `ofFormat` is what those say for the format alone. */
export const bureauFileFormats: Readonly<Record<string, (ofFormat: Readonly<Record<string, unknown>>) => BureauFileFormat>> = {
  metro2: createMetro2,
  pboc: createPbocFormat,
  slik: createSlikFormat,
};
