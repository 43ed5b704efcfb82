// What a bureau finds wrong in a file.

export interface Metro2Problem {
  /** The record's place in the file, the header being 1; 0 for the file as a whole. */
  record: number;
  /** The account number of the record, where it has one. */
  key: string | null;
  /** By the name in the bureau's tables. */
  field: string;
  /** M1 to M16, or what is wrong with the field alone: ASCII, CASE, CODE, DATE, NUMERIC, REQUIRED and the like. */
  code: string;
  words: string;
}

export type Note = (field: string, code: string, words: string) => void;
