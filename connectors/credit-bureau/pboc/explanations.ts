// What the bureau's codes and rules mean, in plain words for those who mend what was refused.

export const explanations: Readonly<Record<string, string>> = {
  P1: 'The segments do not go with the reason of the report.',
  P2: 'An account that is closed owes nothing and says since when.',
  P3: 'A debt that was written off is overdue, and its principal is not more than the total.',
  P4: 'A date is later than the report.',
  P5: 'The account stands in the file twice.',
  CODE: 'The code is not in the bureau’s list.',
  TYPE: 'The value is not written as the bureau asks.',
  REQUIRED: 'The element has to be filled.',
  AGE: 'Overdue principal cannot be parted by the bureau’s ages.',
  TAG: 'Segments or elements are out of their order.',
  ABE002: 'the record is not of the institution in the header',
  ABE010: 'a count does not agree with what it counts',
  ABF000: 'the file cannot be decrypted',
  ABF001: 'the file cannot be decompressed',
  ABF002: 'the file cannot be parsed',
  ABR002: 'the record is in the file twice',
  ABR004: 'the bureau holds the record already',
};
