// The commands of the bureau desk: files and their answers, what bureaus hold, and a pretended bureau to try them with.
import { InvalidArgumentError, type Command } from 'commander';
import type { Config } from '../config.js';
import { deskFormats, openDesk, type DeskFolders } from '../sandbox/bureaus/desk.js';
import { importAnswers, reconcileHoldings, writeBureauFile, type BureauFileOptions } from './bureau-files.js';
import { reconcile } from './bureau-reconcile.js';
import { CannotStart } from './open.js';

const month = (text: string): string => {
  if (!/^(19|20|21)\d\d-(0[1-9]|1[0-2])$/.test(text)) throw new InvalidArgumentError('It must be a month YYYY-MM.');
  return text;
};
const instant = (text: string): string => {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError('It must be an instant such as 2026-10-05T08:00:00Z.');
  return text;
};
interface Surroundings {
  say: (line: string) => void;
  config: () => Config;
  databaseUrl: () => string;
}

export function addBureauCommands(program: Command, { say, config, databaseUrl }: Surroundings): void {
  program
    .command('bureau-file')
    .description('make the file of a period for a credit bureau, or the very same bytes again')
    .requiredOption('--bureau <id>', 'as BUREAUS_FILE names it')
    .requiredOption('--period <month>', 'YYYY-MM', month)
    .option('--resubmit', 'only what was refused or held back of the period, as it is known now')
    .option('--correct', 'only what would be said of the period otherwise by what is known now')
    .option('--as-known-at <instant>', 'as it was known then; keeps nothing', instant)
    .option('--out <folder>', 'write the bytes there; a file that was made counts as sent then')
    .action(async (options: BureauFileOptions) => {
      const chosen = [options.resubmit && '--resubmit', options.correct && '--correct', options.asKnownAt && '--as-known-at'].filter(
        Boolean,
      );
      if (chosen.length > 1) throw new CannotStart(`${chosen.join(' and ')} do not go together`);
      await writeBureauFile(databaseUrl(), process.env['BUREAUS_FILE'], options, say);
    });

  program
    .command('bureau-answer')
    .description("take a credit bureau's answers to files: in any order, the same one as often as it comes")
    .requiredOption('--bureau <id>', 'as BUREAUS_FILE names it')
    .argument('<file...>', 'under the names that the bureau gave them')
    .action(async (files: string[], { bureau }: { bureau: string }) => {
      if (!(await importAnswers(databaseUrl(), process.env['BUREAUS_FILE'], bureau, files, say))) process.exitCode = 1;
    });

  program
    .command('bureau-desk')
    .description('a pretended bureau: read new files strictly, answer them, and keep a ledger of what was taken')
    .requiredOption('--format <format>', `out of ${deskFormats.join(', ')}`)
    .requiredOption('--inbox <folder>', 'where its files are put')
    .requiredOption('--outbox <folder>', 'where its answers go')
    .requiredOption('--ledger <file>', 'its memory, as JSON')
    .option('--silent', 'take the files and answer nothing', false)
    .action(async ({ format, inbox, outbox, ledger, silent }: DeskFolders & { format: string; silent: boolean }) => {
      if (!deskFormats.includes(format)) throw new CannotStart(`--format must be one of ${deskFormats.join(', ')}`);
      const { files, answers } = await openDesk(format, { inbox, outbox, ledger }, silent);
      say(`${files} files taken${answers.length ? `, ${answers.length} answered:` : ''}`);
      for (const answer of answers) say(`  ${answer}`);
    });

  program
    .command('bureau-reconcile')
    .description('compare what a credit bureau holds with what it was told; exit 1 when they differ')
    .requiredOption('--bureau <id>', 'its connector id, or with --ledger as BUREAUS_FILE names it')
    .option('--ledger <file>', 'what a bureau that is told in files holds: see schema/bureaus')
    .option('--json', 'as JSON', false)
    .action(async ({ bureau, ledger, json }: { bureau: string; ledger?: string; json: boolean }) => {
      process.exitCode =
        ledger === undefined
          ? await reconcile(config(), bureau, json, say)
          : await reconcileHoldings(databaseUrl(), process.env['BUREAUS_FILE'], { bureau, ledger, json }, say);
    });
}
