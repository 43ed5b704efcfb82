// SLIK's side of a month: rows are taken, or refused one by one, or with the file; a row must not create what is there, nor change what is not.
import { inOnePiece, type DeliveredBytes, type HeldAccount, type TakeDelivery } from '../memory.js';
import type { Problem } from '../delivered.js';
import { answerOf } from './answer.js';
import { readSlik } from './read.js';

export const deskOfSlik: TakeDelivery = async (files, memory) => {
  const problems: Problem[] = [];
  const told: { account: string; cif: string; held: HeldAccount | null }[] = [];
  await readSlik(
    files.map(({ name, bytes }) => ({ name, bytes: inOnePiece(bytes) })),
    {
      problem: (problem) => problems.push(problem),
      row({ segment, line, cells }) {
        if (segment !== 'F01' && segment !== 'F06') return;
        const account = cells.nomorRekening!;
        const file = files.find(({ name }) => name.split('.')[4] === segment)!.name;
        const known = account in memory.accounts;
        const operation = cells.operasiData!;
        if (operation === 'C' ? known : !known)
          problems.push({
            file,
            line,
            key: account,
            field: 'operasiData',
            code: 'OP',
            words: known ? 'the account was created before' : 'there is no such account',
          });
        else told.push({ account, cif: cells.cif!, held: operation === 'D' ? null : heldOf(cells) });
      },
    },
  );
  // An account is taken with all of its rows, or not at all; collateral and guarantors are named by their account, too.
  const refused = new Set(
    problems.flatMap(({ file, key }) => (file.split('.')[4]?.startsWith('D') ? `cif ${key}` : key.split('/').at(-1)!)),
  );
  const whole = problems.some(({ key }) => !key);
  for (const { account, cif, held } of told)
    if (whole || refused.has(account) || refused.has(`cif ${cif}`)) continue;
    else if (held) memory.accounts[account] = held;
    else delete memory.accounts[account];
  return files.map(({ name }): DeliveredBytes => ({ name: `${name.replace(/\.txt$/, '')}.hasil.txt`, bytes: answerOf(name, problems) }));
};

const kept = ['jumlahHariTunggakan', 'kualitas', 'bakiDebet', 'tunggakanPokok', 'tunggakanBunga', 'kondisi', 'nominal', 'tunggakan'];
const heldOf = (cells: Readonly<Record<string, string | undefined>>): HeldAccount => ({
  said: Object.fromEntries(kept.flatMap((name) => (cells[name] === undefined ? [] : [[name, cells[name]]]))),
  daysPastDue: Number(cells['jumlahHariTunggakan']),
  qualityClass: Number(cells['kualitas']),
});
