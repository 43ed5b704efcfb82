// `casegraph sale-tape`: the loans of a sale as files.
import { InvalidArgumentError, type Command } from 'commander';
import { recordSaleTape } from '../actions/record-sale-tape.js';
import { NoTape, writeSaleTape, type SaleTapeOptions } from '../reporting/sale-tape.js';
import { CannotStart, mustBeMigrated, openDatabase } from './open.js';

const saleRef = (text: string): string => {
  if (!/^[\w.-]{1,60}$/.test(text)) throw new InvalidArgumentError('It must be the number of a sale.');
  return text;
};

export function addSaleCommands(program: Command, { say, databaseUrl }: { say: (line: string) => void; databaseUrl: () => string }): void {
  program
    .command('sale-tape')
    .description('write the loans of a sale as files: one CSV a template of the EBA and one workbook, masked unless they are for its buyer')
    .requiredOption('--sale <ref>', 'the number of the sale', saleRef)
    .requiredOption('--out <folder>', 'where to')
    .option('--full', 'with names and account numbers, for the buyer of a signed sale', false)
    .option('--by <user>', 'who made it, for the audit log', 'operator')
    .action(async (options: SaleTapeOptions) => {
      const store = await openDatabase(databaseUrl());
      try {
        await mustBeMigrated(store);
        await writeSaleTape(store, options, (made) => recordSaleTape(store, made), say);
      } catch (error) {
        throw error instanceof NoTape ? new CannotStart(error.message) : error;
      } finally {
        await store.close();
      }
    });
}
