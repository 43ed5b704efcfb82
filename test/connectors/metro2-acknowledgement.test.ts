// The bureau's answer to a Metro 2 file, read by key and in any order; what is wrong with it is said.
import { readAcknowledgement } from '../../connectors/credit-bureau/metro2/acknowledgement.js';

const head = 'level,file,key,code,field,message,result';
const read = (...lines: string[]) => readAcknowledgement(Buffer.from(`${lines.join('\n')}\n`));

it('reads what was taken, taken with a warning, and rejected', () =>
  expect(
    read(
      head,
      'RECORD,F1,B2,R07,accountStatus,"unknown, code",REJECTED',
      'RECORD,F1,A1,,,,ACCEPTED',
      'FILE,F1,,,,,ACCEPTED',
      'RECORD,F1,C3,W01,city,long,WARNED',
    ),
  ).toEqual({
    acknowledgement: {
      file: 'F1',
      level: 'RECORD',
      taken: true,
      problems: [
        { key: 'B2', code: 'R07', field: 'accountStatus', words: 'unknown, code' },
        { key: 'C3', code: 'W01', field: 'city', words: 'long', warning: true },
      ],
      takenKeys: ['A1', 'C3'],
    },
  }));

it('lists no keys where the bureau lists none but those with problems', () =>
  expect(read(head, 'FILE,F1,,,,,ACCEPTED', 'RECORD,F1,B2,R07,,,REJECTED')).toEqual({
    acknowledgement: { file: 'F1', level: 'RECORD', taken: true, problems: [{ key: 'B2', code: 'R07', words: '' }] },
  }));

it('reads that the file was refused, or stored', () => {
  expect(read(head, 'FILE,F1,,M14,,totals,REJECTED')).toEqual({
    acknowledgement: { file: 'F1', level: 'FILE', taken: false, problems: [{ code: 'M14', words: 'totals' }] },
  });
  expect(read('result,message,field,code,key,file,level', 'ACCEPTED,,,,,F1,TRANSPORT')).toEqual({
    acknowledgement: { file: 'F1', level: 'TRANSPORT', taken: true, problems: [] },
  });
});

it.each<[problem: RegExp, ...lines: string[]]>([
  [/answers nothing/, ''],
  [/answers nothing/, head],
  [/not CSV.*INCONSISTENT/, head, 'FILE,F1'],
  [/not CSV.*QUOTE/, head, '"FILE,F1'],
  [/column code is missing/, 'level,file,key,field,message,result', 'FILE,F1,,,,ACCEPTED'],
  [/answer 1: level/, head, 'BATCH,F1,,,,,ACCEPTED'],
  [/answer 1: result/, head, 'FILE,F1,,,,,OK'],
  [/answer 1: file/, head, 'FILE,,,,,,ACCEPTED'],
  [/answer 2: file/, head, 'FILE,F1,,,,,ACCEPTED', 'RECORD,F2,A1,,,,ACCEPTED'],
  [/answer 1: a key/, head, 'FILE,F1,A1,,,,ACCEPTED'],
  [/answer 1: a key/, head, 'RECORD,F1,,,,,ACCEPTED'],
  [/answer 1: code/, head, 'RECORD,F1,A1,,,,REJECTED'],
  [/answer 2: .*taken/, head, 'RECORD,F1,A1,,,,ACCEPTED', 'RECORD,F1,A1,R1,,,REJECTED'],
  [/file that was rejected/, head, 'FILE,F1,,R1,,,REJECTED', 'RECORD,F1,A1,,,,ACCEPTED'],
])('says %s', (...[problem, ...lines]) => expect(read(...lines)).toEqual({ problem: expect.stringMatching(problem) }));
