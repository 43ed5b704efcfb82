// The segments that follow a base segment: associates, creditors, mortgage, payments, change of number, employment.
import { FileFault, type FileHeader, type FileRecord } from '../../bureau-file.js';
import { addressOf, consumerOf, livesWith } from './consumer.js';
import { dollars } from './dollars.js';
import { changeOf } from './identity.js';
import type { NameOf, Values } from './layout.js';
import { render } from './render.js';
import { segmentLayouts } from './segment-layout.js';
import { codeOf, type Metro2Settings } from './settings.js';

type Layouts = typeof segmentLayouts;
export type SegmentName = keyof Layouts;

export interface Segment {
  name: SegmentName;
  text: string;
  /** Of a consumer, what the trailer counts. */
  consumer?: Consumer;
}
export interface Consumer {
  socialSecurityNumber: string;
  dateOfBirth: string;
  telephone: string;
  ecoaCode: string;
}

const ecoaCodes: Readonly<Record<FileRecord['associates'][number]['role'], string>> = { JOINT: '2', GUARANTOR: '5', AUTHORISED: '3' };
const debtBuyer = '0C';
const collectionAgency = '48';

/** In the order in which they stand in the file. */
export function segmentsOf(record: FileRecord, header: FileHeader, settings: Metro2Settings): readonly Segment[] {
  const { key } = record;
  const segment = <Name extends SegmentName>(name: Name, values: Values<NameOf<Layouts[Name]>> | null, consumer?: Consumer): Segment[] =>
    values ? [{ name, text: render<string>(key, segmentLayouts[name], { ...values, segment: name }), ...(consumer && { consumer }) }] : [];
  const associates = record.associates.flatMap((party) => {
    const consumer = { ...consumerOf(key, party), ecoaCode: ecoaCodes[party.role] };
    return livesWith(key, party, record.borrower)
      ? segment('J1', consumer, consumer)
      : segment('J2', { ...consumer, ...addressOf(key, party) }, consumer);
  });
  return [
    ...associates.filter(({ name }) => name === 'J1'),
    ...associates.filter(({ name }) => name === 'J2'),
    ...segment('K1', originalCreditor(record)),
    ...segment('K2', otherParty(record)),
    ...segment('K3', mortgage(record)),
    ...segment('K4', payment(record)),
    ...segment('L1', changeOf(record, header.reporter.code, settings)),
    ...segment('N1', employment(record)),
  ];
}

/** M12. */
function originalCreditor(record: FileRecord) {
  const creditor = record.account.originalCreditor;
  const type = codeOf(record, 'accountType');
  if (!creditor) {
    if (type !== debtBuyer && type !== collectionAgency) return null;
    throw new FileFault(record.key, 'originalCreditor', 'M12', 'who bought a debt or collects it for another tells the original creditor');
  }
  if (!/^(0[1-9]|1[0-5])$/.test(creditor.classification ?? ''))
    throw new FileFault(record.key, 'creditorClassification', 'M12', 'the classification of the original creditor is 01 to 15');
  return { originalCreditor: creditor.name, creditorClassification: creditor.classification };
}

/** M11. One segment only: what was bought and then sold is told as sold. */
function otherParty(record: FileRecord) {
  const { account, key, standing } = record;
  if (standing.state === 'SOLD') {
    if (!standing.sale?.buyer) throw new FileFault(key, 'otherParty', 'M11', 'the buyer of the debt is missing');
    return { purchasedOrSold: 2, otherParty: standing.sale.buyer };
  }
  const seller = codeOf(record, 'purchasedFrom') ?? account.originalCreditor?.name;
  if (codeOf(record, 'accountType') !== debtBuyer || !seller) return null;
  return { purchasedOrSold: 1, otherParty: seller };
}

function mortgage(record: FileRecord) {
  const agency = codeOf(record, 'mortgageAgency') ?? '00';
  const agencyAccountNumber = codeOf(record, 'mortgageAccountNumber');
  const mortgageIdentification = codeOf(record, 'mortgageIdentification');
  if (agency === '00' && !mortgageIdentification) return null;
  if (!/^0[0-2]$/.test(agency) || (agency === '00') !== !agencyAccountNumber)
    throw new FileFault(record.key, 'agency', 'M7', 'it is 00, or 01 or 02 with the number of the account there');
  return { agency, agencyAccountNumber, mortgageIdentification };
}

function payment(record: FileRecord) {
  const { key } = record;
  const specializedPayment = codeOf(record, 'specializedPayment');
  if (!specializedPayment) return null;
  const deferredStart = codeOf(record, 'deferredStart');
  const balloonDue = codeOf(record, 'balloonDue');
  const amount = codeOf(record, 'balloonAmount');
  if (specializedPayment === '01' && balloonDue && amount)
    return { specializedPayment, balloonDue, balloonAmount: dollars(key, 'balloonAmount', amount) };
  if (specializedPayment === '02' && deferredStart) return { specializedPayment, deferredStart };
  throw new FileFault(key, 'specializedPayment', 'M7', 'it is 01 with the date and amount of a balloon, or 02 with a start');
}

function employment(record: FileRecord) {
  const employer = codeOf(record, 'employer');
  return employer
    ? {
        employer,
        employerAddressLine1: codeOf(record, 'employerAddress'),
        employerCity: codeOf(record, 'employerCity'),
        employerState: codeOf(record, 'employerState'),
        employerPostalCode: codeOf(record, 'employerPostalCode')?.replace('-', ''),
        occupation: codeOf(record, 'occupation'),
      }
    : null;
}
