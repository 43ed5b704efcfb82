// Where each field of the segments stands that may follow a base segment; positions are within the segment.
import { layout } from './layout.js';

export const segmentLayouts = {
  /** Associated consumer at the same address. */
  J1: layout(100, [
    ['segment', 1, 2, 'AN', 'R'],
    ['reserved', 3, 3, 'AN', '-'],
    ['surname', 4, 28, 'TEXT', 'R'],
    ['firstName', 29, 48, 'TEXT', 'R'],
    ['middleName', 49, 68, 'TEXT', 'A'],
    ['generationCode', 69, 69, 'AN', 'A'],
    ['socialSecurityNumber', 70, 78, 'N', '-'],
    ['dateOfBirth', 79, 86, 'DATE', '-'],
    ['telephone', 87, 96, 'N', '-'],
    ['ecoaCode', 97, 97, 'AN', 'R'],
    ['consumerInformation', 98, 99, 'AN', 'A'],
    ['reserved2', 100, 100, 'AN', '-'],
  ]),
  /** Associated consumer at another address. */
  J2: layout(200, [
    ['segment', 1, 2, 'AN', 'R'],
    ['reserved', 3, 3, 'AN', '-'],
    ['surname', 4, 28, 'TEXT', 'R'],
    ['firstName', 29, 48, 'TEXT', '-'],
    ['middleName', 49, 68, 'TEXT', 'A'],
    ['generationCode', 69, 69, 'AN', 'A'],
    ['socialSecurityNumber', 70, 78, 'N', '-'],
    ['dateOfBirth', 79, 86, 'DATE', '-'],
    ['telephone', 87, 96, 'N', '-'],
    ['ecoaCode', 97, 97, 'AN', 'R'],
    ['consumerInformation', 98, 99, 'AN', 'A'],
    ['countryCode', 100, 101, 'AN', '-'],
    ['addressLine1', 102, 133, 'TEXT', 'R'],
    ['addressLine2', 134, 165, 'TEXT', 'A'],
    ['city', 166, 185, 'TEXT', 'R'],
    ['state', 186, 187, 'AN', 'R'],
    ['postalCode', 188, 196, 'AN', 'R'],
    ['addressIndicator', 197, 197, 'AN', '-'],
    ['residenceCode', 198, 198, 'AN', '-'],
    ['reserved2', 199, 200, 'AN', '-'],
  ]),
  /** Original creditor. */
  K1: layout(34, [
    ['segment', 1, 2, 'AN', 'R'],
    ['originalCreditor', 3, 32, 'TEXT', 'R'],
    ['creditorClassification', 33, 34, 'N', 'R'],
  ]),
  /** Purchased from or sold to. */
  K2: layout(34, [
    ['segment', 1, 2, 'AN', 'R'],
    ['purchasedOrSold', 3, 3, 'N', 'R'],
    ['otherParty', 4, 33, 'TEXT', 'R'],
    ['reserved', 34, 34, 'AN', '-'],
  ]),
  /** Mortgage. */
  K3: layout(40, [
    ['segment', 1, 2, 'AN', 'R'],
    ['agency', 3, 4, 'N', 'A'],
    ['agencyAccountNumber', 5, 22, 'AN', 'A'],
    ['mortgageIdentification', 23, 40, 'AN', '-'],
  ]),
  /** Payment by balloon, or deferred. */
  K4: layout(30, [
    ['segment', 1, 2, 'AN', 'R'],
    ['specializedPayment', 3, 4, 'N', 'R'],
    ['deferredStart', 5, 12, 'DATE', 'A'],
    ['balloonDue', 13, 20, 'DATE', 'A'],
    ['balloonAmount', 21, 29, 'N', 'A'],
    ['reserved', 30, 30, 'AN', '-'],
  ]),
  /** Change of the account's number, or of the reporter's. */
  L1: layout(54, [
    ['segment', 1, 2, 'AN', 'R'],
    ['change', 3, 3, 'N', 'R'],
    ['newAccountNumber', 4, 33, 'AN', 'A'],
    ['newIdentificationNumber', 34, 53, 'AN', 'A'],
    ['reserved', 54, 54, 'AN', '-'],
  ]),
  /** Employment. */
  N1: layout(146, [
    ['segment', 1, 2, 'AN', 'R'],
    ['employer', 3, 32, 'TEXT', 'R'],
    ['employerAddressLine1', 33, 64, 'TEXT', '-'],
    ['employerAddressLine2', 65, 96, 'TEXT', '-'],
    ['employerCity', 97, 116, 'TEXT', '-'],
    ['employerState', 117, 118, 'AN', '-'],
    ['employerPostalCode', 119, 127, 'AN', '-'],
    ['occupation', 128, 145, 'TEXT', 'A'],
    ['reserved', 146, 146, 'AN', '-'],
  ]),
};
