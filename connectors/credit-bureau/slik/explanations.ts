// What the bureau's codes and rules mean, in plain words for those who mend what was refused.

export const explanations: Readonly<Record<string, string>> = {
  S1: 'Dates, sums or numbers are not written as SLIK asks.',
  S2: 'The number is there already, or is not told in its order.',
  S3: 'Date and cause of the loss stand with quality 5, and only there.',
  S4: 'The date of the condition stands with every condition but 00.',
  S5: 'The principal owed does not hold interest or penalties, and is not less than what is in arrears.',
  S6: 'A sum in another currency stands only where the account is in one.',
  S7: 'A paid account has no arrears; a debt that was forgiven has quality 5.',
  S8: 'The borrower is not in D01 or D02.',
  S9: 'The number of rows announced is not the number of rows.',
  OP: 'An account is created once, and changed only when it is there.',
  COLUMNS: 'The row does not have the columns of its segment.',
  CODE: 'The code is not in SLIK’s list.',
  REQUIRED: 'The column has to be filled.',
  D02: 'Companies are told in D02, which is not written.',
  F02: 'Joint accounts are told in F02, which is not written.',
  NUMBER_CHANGED: 'SLIK knows no change of an account number.',
};
