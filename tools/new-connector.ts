// `npm run new:connector -- --kind law-firm --id bright-law --name "Bright Law"`: the files of a new partner, which compile, and whose tests say what to fill in.
import { Command } from 'commander';
import { readKinds } from './new-connector/kinds.js';
import { Refused, writePartner } from './new-connector/write.js';

const kinds = readKinds(process.cwd());
const program = new Command('new:connector')
  .description('write the files of a new partner')
  .requiredOption('--kind <kind>', `out of ${kinds.map(({ folder }) => folder).join(', ')}`)
  .requiredOption('--id <id>', 'small letters, digits and hyphens, e.g. bright-law: settings, cases and callbacks know it by this')
  .requiredOption('--name <name>', 'for people, e.g. "Bright Law"')
  .option('--root <folder>', 'of the product', process.cwd())
  .action(async ({ kind, id, name, root }: { kind: string; id: string; name: string; root: string }) => {
    const say = (line: string) => void process.stdout.write(`${line}\n`);
    for (const file of await writePartner(root, { kind, id, name })) say(`✓ ${file}`);
    say(`\nIt compiles, and its tests are red. They say what to fill in:\n  npm run jest -- test/connectors/filled-in.test.ts`);
    say(`Then its examples, and the rest:\n  npm run examples:partners && npm run jest -- --selectProjects connectors -t ${id}`);
  });

program.parseAsync().catch((error: Error) => {
  process.stderr.write(`${error instanceof Refused ? error.message : error.stack}\n`);
  process.exit(1);
});
