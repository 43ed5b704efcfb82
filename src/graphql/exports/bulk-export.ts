// A bulk export as whoever asked for it sees it.
import { exportStatuses } from '../../domain/bulk-export.js';
import { bulkExport } from '../../storage/tables.js';
import { open } from '../enums.js';
import type { GraphContext } from '../reader/context.js';
import { Column, Embedded, Filled, Noun } from '../reader/declare.js';
import { exporters } from '../roles.js';
import { DateTime, Decimal, LocalDate } from '../scalars.js';

const BulkExportStatus = open('BulkExportStatus', exportStatuses);

@Embedded({ absent: '@.#_known_at is null', description: 'The moment that was read, on two axes.' })
export class BulkExportMoment {
  @Column(() => LocalDate, {
    sql: '@.#_valid_at',
    nullable: true,
    description: 'As the world was at the close of this day; the latest when null.',
  })
  validAt?: string;
  @Column(() => DateTime, {
    sql: '@.#_known_at',
    description: 'By what had been learned up to this instant, at which a snapshot of the present was taken.',
  })
  knownAt!: string;
}

interface Row {
  id: string;
  status: string;
  askedBy: string;
}

@Noun(bulkExport, {
  roles: exporters,
  class: 'public',
  description:
    'A connection written to a file of JSON lines, one a node. It is seen by whoever asked for it; platform engineers see all but the file.',
})
export class BulkExport {
  @Column(() => BulkExportStatus) status!: string;
  @Column() askedBy!: string;
  @Column({
    nullable: true,
    description: 'In percent; null before there are rows, and where they are more than 10,000, which are not counted.',
  })
  progress?: number;
  @Column({ description: 'Rows that are written so far.' }) rowCount!: number;
  @Column(() => Decimal, { sql: '@.bytes::numeric', description: 'Of the file, so far.' }) bytes!: string;
  @Filled(
    () => String,
    ['id', 'status', 'askedBy'],
    ((rows: Row[], { caller, exportUrl }: GraphContext) =>
      rows.map(({ id, status, askedBy }) => (status === 'DONE' && askedBy === caller.user && exportUrl ? exportUrl(id) : null))) as never,
    {
      nullable: true,
      description:
        'The file, below the address of the gateway, for a quarter of an hour; ask again for another. Null when there is no file.',
    },
  )
  url?: string;
  @Column({ nullable: true, description: 'Of the bytes of the file, in hex.' }) sha256?: string;
  @Column({ nullable: true, description: 'SHA-256 of the schema (SDL) by which it was written, in hex.' }) schemaVersion?: string;
  @Column(() => BulkExportMoment, { nullable: true, description: 'Null until it is known.' }) asOf?: BulkExportMoment;
  @Column(() => DateTime) createdAt!: string;
  @Column(() => DateTime, { nullable: true }) finishedAt?: string;
  @Column(() => DateTime, { nullable: true, description: 'From then on there is no file.' }) expiresAt?: string;
  @Column({ nullable: true, description: 'Why it has failed.' }) problem?: string;
}
