// Bulk exports joined together: asked for by a mutation, written beside all else, and fetched by a signed address.
import type { GraphQLSchema } from 'graphql';
import type { LookBack } from '../../actions/look-back.js';
import { sha256 } from '../../domain/ids.js';
import type { Store } from '../../storage/store.js';
import type { Reader } from '../reader/reader.js';
import type { Admission } from '../server/admission.js';
import { createExportCheck } from './check-export.js';
import { createDownloads, type Downloads } from './download.js';
import type { Exporting } from './export-mutations.js';
import { openExportFiles } from './files.js';
import { createMoments } from './moments.js';
import { pageRows } from './pages.js';
import { createQueue, type Queue } from './queue.js';
import type { ExportSettings } from './run-export.js';

interface Settings extends Pick<ExportSettings, 'keepHours' | 'log'> {
  databaseUrl: string;
  store: Store;
  schema: GraphQLSchema;
  /** As it is published. */
  sdl: string;
  reader: Reader;
  admission: Admission;
  lookBack: LookBack;
  /** Those that cursors are signed by. */
  secrets: readonly Buffer[];
  folder: string;
  rowsAtOnce?: number;
  sweepMs?: number;
}

export function openExports({
  databaseUrl,
  sdl,
  admission,
  lookBack,
  secrets,
  folder,
  sweepMs,
  ...rest
}: Settings): Queue & Downloads & Pick<Exporting, 'check'> {
  const { store, schema, reader, rowsAtOnce = pageRows } = rest;
  const files = openExportFiles(folder);
  const atOneMoment = createMoments(databaseUrl, lookBack);
  return {
    ...createQueue({ ...rest, schemaVersion: sha256(sdl), atOneMoment, files, rowsAtOnce }, sweepMs),
    ...createDownloads(store, files, secrets),
    check: createExportCheck(schema, admission, reader),
  };
}
