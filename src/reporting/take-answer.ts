// Takes what a bureau answers to a file: to its transport, to the file or to single records; in any order, any number of times.
import type { Acknowledgement, BureauFileFormat } from '../../connectors/bureau-file.js';
import { idOf, sha256 } from '../domain/ids.js';
import { answerPart, keepAnswer, settleFile, type AnsweredPart } from '../storage/bureau-answers.js';
import { inTurn, partNamed, type KeptPart } from '../storage/bureau-files.js';
import type { Store } from '../storage/store.js';

export type Taken =
  | { is: 'taken'; fileId: string; sequence: bigint; state: string; rejected: number; warned: number }
  | { is: 'known'; fileId: string }
  | { is: 'unreadable' | 'stray'; problem: string };

/** @param name how the answer is called, where the bureau says only there what it answers */
export function takeAnswer(store: Store, bureauId: string, format: BureauFileFormat, bytes: Buffer, name: string): Promise<Taken> {
  const read = format.readAcknowledgement(bytes, name);
  if ('problem' in read) return Promise.resolve({ is: 'unreadable', problem: read.problem });
  const { acknowledgement } = read;
  return store.transaction(async (tx): Promise<Taken> => {
    await inTurn(tx, bureauId);
    const part = await partNamed(tx, bureauId, acknowledgement.file);
    if (!part) return { is: 'stray', problem: `${bureauId} was sent no file ${acknowledgement.file}` };
    const digest = sha256(bytes);
    const answer = {
      id: idOf('banswer', bureauId, name, digest),
      bureauId,
      fileId: part.fileId,
      part: part.part,
      name,
      sha256: digest,
      bytes,
    };
    const { level, taken } = acknowledgement;
    if (!(await keepAnswer(tx, { ...answer, level, taken }))) return { is: 'known', fileId: part.fileId };
    await answerPart(tx, answeredOf(part, acknowledgement, format.explanations));
    return { is: 'taken', fileId: part.fileId, ...(await settleFile(tx, part.fileId)) };
  });
}

const answeredOf = (
  { id, fileId, part }: KeptPart,
  { level, taken, problems, takenKeys }: Acknowledgement,
  explanations: BureauFileFormat['explanations'],
): AnsweredPart => ({
  partId: id,
  fileId,
  part,
  level,
  taken,
  takenKeys: takenKeys ?? null,
  problems: problems.map(({ key = null, code, field = null, words, warning = false }) => {
    const explanation = explanations[code] ?? null;
    return { key, code, field, words, warning, explanation };
  }),
});
