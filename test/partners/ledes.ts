// Files of law firms' invoices, good and bad by the public rules: each is judged right, and by another parser too where there is one.
import { execFileSync } from 'node:child_process';
import { readLedes } from '../../connectors/law-firm/ledes/read.js';
import { badLedes, good1998B, good98BI } from '../support/ledes.js';
import { wrongOf, type Check } from './check.js';

/** Says for each text whether PyPI's ledes-parser takes it as 1998B. */
const script = `import json, sys
from ledes_parser import get_parser
def takes(text):
    try:
        get_parser(spec="LEDES98B").parse(text)
        return True
    except Exception:
        return False
print(json.dumps([takes(text) for text in json.load(sys.stdin)]))`;
/** What that parser does not look at: required fields, lengths, and what hangs on several lines. */
const overlooked = [
  'MISSING',
  'TOO_LONG',
  'DIFFERS',
  'NOT_UNIQUE',
  'NOT_A_TYPE',
  'NOT_A_NUMBER',
  'NOT_ASCII',
  'NO_TERMINATOR',
  'NO_LINE_ITEM',
  'TERMINATOR_INSIDE',
];

export const ledes: Check = {
  name: 'ledes',
  promise: 'LEDES files are judged right: good ones are taken, of bad ones each problem is named by line, column and code',
  async run() {
    const good: [string, string][] = [
      ['LEDES1998B', good1998B()],
      ['LEDES98BI V2', good98BI()],
    ];
    const wrong: string[] = [];
    for (const [name, text] of good) if (readLedes(text).problemCount) wrong.push(`the good ${name} was not taken`);
    for (const [name, text, expected] of badLedes) {
      const found = readLedes(text).problems.map(({ line, column, code }) => [line, column, code]);
      if (JSON.stringify(found) !== JSON.stringify(expected)) wrong.push(`${name}: ${JSON.stringify(found)} was found`);
    }
    const python = process.env['LEDES_CHECK'];
    let agreed: number | string = 'LEDES_CHECK names no Python with ledes-parser';
    if (python) {
      const asked = [['the good one', good1998B(), []] as const, ...badLedes];
      const input = JSON.stringify(asked.map(([, text]) => text));
      const takes = JSON.parse(execFileSync(python, ['-c', script], { input, encoding: 'utf8' })) as boolean[];
      const judged = asked.map(([name, , problems], i) => ({
        name,
        alike: takes[i] === !problems.length || problems.every(([, , code]) => overlooked.includes(code)),
      }));
      agreed = judged.filter(({ alike }) => alike).length;
      wrong.push(...judged.flatMap(({ name, alike }) => (alike ? [] : [`ledes-parser judges ${name} otherwise`])));
    }
    return {
      figures: { good: good.length, bad: badLedes.length, secondOpinion: agreed },
      wrong: [...wrong, ...wrongOf([!badLedes.length, 'no bad file was tried'])],
    };
  },
};
