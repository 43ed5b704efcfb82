// Where each field of the header, the base segment and the trailer stands: name, first and last position (from 1, both included), type, whether it has to be said.
// Positions and types: Metro 2 as public readers publish it (moov-io/metro2 v0.9.3); the tables have no gaps.

/**
 * AN code, left-justified, blank-filled; TEXT is AN that is cut at its length, as only names and addresses may be.
 * N digits, right-justified, zero-filled. DATE MMDDYYYY and STAMP MMDDYYYYHHMMSS, zeros when there is none.
 */
export type FieldType = 'AN' | 'TEXT' | 'N' | 'DATE' | 'STAMP';
/** R always said, A where it applies, - at will. */
export type Need = 'R' | 'A' | '-';
type Row<Name extends string> = readonly [name: Name, from: number, to: number, type: FieldType, need: Need];

export interface Layout<Name extends string = string> {
  /** Bytes. */
  length: number;
  rows: readonly Row<Name>[];
}
export const layout = <const Name extends string>(length: number, rows: readonly Row<Name>[]): Layout<Name> => ({ length, rows });

/** What is laid into a layout, by field: text, a number, or a date as `YYYY-MM-DD`. */
export type Values<Name extends string> = Readonly<Partial<Record<Name, string | number | bigint>>>;
export type NameOf<L> = L extends Layout<infer Name> ? Name : never;

export const headerLayout = layout(426, [
  ['recordDescriptorWord', 1, 4, 'N', 'R'],
  ['recordIdentifier', 5, 10, 'AN', 'R'],
  ['cycleIdentifier', 11, 12, 'AN', 'A'],
  ['innovisProgram', 13, 22, 'AN', 'A'],
  ['equifaxProgram', 23, 32, 'AN', 'A'],
  ['experianProgram', 33, 37, 'AN', 'A'],
  ['transUnionProgram', 38, 47, 'AN', 'A'],
  ['activityDate', 48, 55, 'DATE', 'R'],
  ['dateCreated', 56, 63, 'DATE', 'R'],
  ['programDate', 64, 71, 'DATE', '-'],
  ['programRevisionDate', 72, 79, 'DATE', '-'],
  ['reporterName', 80, 119, 'TEXT', 'R'],
  ['reporterAddress', 120, 215, 'TEXT', 'R'],
  ['reporterTelephone', 216, 225, 'N', '-'],
  ['softwareVendor', 226, 265, 'TEXT', 'A'],
  ['softwareVersion', 266, 270, 'AN', 'A'],
  ['prbcProgram', 271, 280, 'AN', 'A'],
  ['reserved', 281, 426, 'AN', '-'],
]);

export const baseLayout = layout(426, [
  ['recordDescriptorWord', 1, 4, 'N', 'R'],
  ['processingIndicator', 5, 5, 'N', '-'],
  ['timestamp', 6, 19, 'STAMP', '-'],
  ['correctionIndicator', 20, 20, 'N', '-'],
  ['identificationNumber', 21, 40, 'AN', 'R'],
  ['cycleIdentifier', 41, 42, 'AN', 'A'],
  ['consumerAccountNumber', 43, 72, 'AN', 'R'],
  ['portfolioType', 73, 73, 'AN', 'R'],
  ['accountType', 74, 75, 'AN', 'R'],
  ['dateOpened', 76, 83, 'DATE', 'R'],
  ['creditLimit', 84, 92, 'N', 'A'],
  ['highestCredit', 93, 101, 'N', '-'],
  ['termsDuration', 102, 104, 'AN', 'R'],
  ['termsFrequency', 105, 105, 'AN', 'A'],
  ['scheduledPayment', 106, 114, 'N', 'A'],
  ['actualPayment', 115, 123, 'N', 'A'],
  ['accountStatus', 124, 125, 'AN', 'R'],
  ['paymentRating', 126, 126, 'AN', 'A'],
  ['paymentHistory', 127, 150, 'AN', 'R'],
  ['specialComment', 151, 152, 'AN', 'A'],
  ['complianceCondition', 153, 154, 'AN', 'A'],
  ['currentBalance', 155, 163, 'N', 'A'],
  ['amountPastDue', 164, 172, 'N', 'A'],
  ['originalChargeOff', 173, 181, 'N', 'A'],
  ['dateOfAccountInformation', 182, 189, 'DATE', 'R'],
  ['dateOfFirstDelinquency', 190, 197, 'DATE', 'A'],
  ['dateClosed', 198, 205, 'DATE', 'A'],
  ['dateOfLastPayment', 206, 213, 'DATE', 'A'],
  ['interestType', 214, 214, 'AN', '-'],
  ['reserved', 215, 231, 'AN', '-'],
  ['surname', 232, 256, 'TEXT', 'R'],
  ['firstName', 257, 276, 'TEXT', 'R'],
  ['middleName', 277, 296, 'TEXT', 'A'],
  ['generationCode', 297, 297, 'AN', 'A'],
  ['socialSecurityNumber', 298, 306, 'N', '-'],
  ['dateOfBirth', 307, 314, 'DATE', '-'],
  ['telephone', 315, 324, 'N', '-'],
  ['ecoaCode', 325, 325, 'AN', 'R'],
  ['consumerInformation', 326, 327, 'AN', 'A'],
  ['countryCode', 328, 329, 'AN', '-'],
  ['addressLine1', 330, 361, 'TEXT', 'R'],
  ['addressLine2', 362, 393, 'TEXT', 'A'],
  ['city', 394, 413, 'TEXT', 'R'],
  ['state', 414, 415, 'AN', 'R'],
  ['postalCode', 416, 424, 'AN', 'R'],
  ['addressIndicator', 425, 425, 'AN', '-'],
  ['residenceCode', 426, 426, 'AN', '-'],
]);

/** Each total is named as `BureauFile.totals` names it. */
export const trailerLayout = layout(426, [
  ['recordDescriptorWord', 1, 4, 'N', 'R'],
  ['recordIdentifier', 5, 11, 'AN', 'R'],
  ['baseRecords', 12, 20, 'N', 'R'],
  ['reserved', 21, 29, 'AN', '-'],
  ['statusDF', 30, 38, 'N', '-'],
  ['j1Segments', 39, 47, 'N', 'A'],
  ['j2Segments', 48, 56, 'N', 'A'],
  ['blockCount', 57, 65, 'N', 'R'],
  ['statusDA', 66, 74, 'N', '-'],
  ['status05', 75, 83, 'N', '-'],
  ['status11', 84, 92, 'N', '-'],
  ['status13', 93, 101, 'N', '-'],
  ['status61', 102, 110, 'N', '-'],
  ['status62', 111, 119, 'N', '-'],
  ['status63', 120, 128, 'N', '-'],
  ['status64', 129, 137, 'N', '-'],
  ['status65', 138, 146, 'N', '-'],
  ['status71', 147, 155, 'N', '-'],
  ['status78', 156, 164, 'N', '-'],
  ['status80', 165, 173, 'N', '-'],
  ['status82', 174, 182, 'N', '-'],
  ['status83', 183, 191, 'N', '-'],
  ['status84', 192, 200, 'N', '-'],
  ['status88', 201, 209, 'N', '-'],
  ['status89', 210, 218, 'N', '-'],
  ['status93', 219, 227, 'N', '-'],
  ['status94', 228, 236, 'N', '-'],
  ['status95', 237, 245, 'N', '-'],
  ['status96', 246, 254, 'N', '-'],
  ['status97', 255, 263, 'N', '-'],
  ['ecoaCodeZ', 264, 272, 'N', '-'],
  ['n1Segments', 273, 281, 'N', '-'],
  ['k1Segments', 282, 290, 'N', '-'],
  ['k2Segments', 291, 299, 'N', '-'],
  ['k3Segments', 300, 308, 'N', '-'],
  ['k4Segments', 309, 317, 'N', '-'],
  ['l1Segments', 318, 326, 'N', '-'],
  ['socialSecurityNumbers', 327, 335, 'N', '-'],
  ['socialSecurityNumbersBase', 336, 344, 'N', '-'],
  ['socialSecurityNumbersJ1', 345, 353, 'N', '-'],
  ['socialSecurityNumbersJ2', 354, 362, 'N', '-'],
  ['birthDates', 363, 371, 'N', '-'],
  ['birthDatesBase', 372, 380, 'N', '-'],
  ['birthDatesJ1', 381, 389, 'N', '-'],
  ['birthDatesJ2', 390, 398, 'N', '-'],
  ['telephones', 399, 407, 'N', '-'],
  ['reserved2', 408, 426, 'AN', '-'],
]);
