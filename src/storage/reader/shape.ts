// What is to be read, as a tree: it knows neither GraphQL nor SQL statements. The graph draws it, write.ts builds it.

/** One request as the reader sees it: coerced variables, who asks, and the id that a payload carries. */
export interface Request {
  variables: Record<string, unknown>;
  caller: Caller;
  carried?: string;
  /** Under which an answer is stored, where it may be. */
  storedAs?: string;
  /** How many rows it may enter by, where that is not the usual number. */
  mostRows?: number;
}

/** Who asks: `purpose` is what personal data is read for, `scope` the rows that the token narrows the roles to. */
export interface Caller {
  profile: Profile;
  user: string;
  roles: readonly string[];
  scope?: { branches?: readonly string[]; portfolios?: readonly string[]; partner?: string };
  purpose?: string;
  expiresAt?: number;
}

export interface Profile {
  /** Two callers of one name are answered by the same statements. */
  name: string;
  roles: ReadonlySet<string>;
  sees: ReadonlySet<Mask>;
  /** Why a value is masked; null when it is not. */
  masked: (mask: Mask) => MaskedReason | null;
  /** Which cases, in one word, and whether some rows are hidden: what row-level security goes by. */
  cases: string;
  narrowed: boolean;
  /** By table: the condition on its rows. None at all is every row of every table. */
  rows: Readonly<Record<string, Rule>>;
}

/** `where` is what was asked for of the rows: a rule need not help to find those that it already names. */
export type Rule = (row: string, bind: (read: Read, type: string) => string, where?: Condition) => string;

/** A value that is looked up anew in every request and travels as a bound parameter. */
export type Read<T = unknown> = (request: Request) => T;

export type SqlType = 'text' | 'code' | 'int' | 'bigint' | 'boolean' | 'numeric' | 'date' | 'timestamptz' | 'text[]';
export type Mask = 'name' | 'nationalId' | 'contact' | 'accountNo' | 'note';
/** The role may not, no purpose was given, or the purpose does not need it. */
export type MaskedReason = 'ROLE' | 'PURPOSE_MISSING' | 'PURPOSE';

/** `within`: whose rows these are, so that a row is seen only with its owner; `profile` is the owner of all, `open` is for everyone, `bank` for tokens that are for the whole bank, `partner` for those too and for the partner that it is of, and `asker` for whoever asked for the row (`asked_by`) and the platform. */
/** `order`: the column, never null, by which its rows come when nobody asks for another order. */
export interface Table {
  name: string;
  prefix: string;
  within: Within | 'profile' | 'open' | 'bank' | 'partner' | 'asker';
  order?: { column: string; type: SqlType };
  /** Its rows change only together with the row of their case, borrower or loan, or with the business date: whoever has seen that none of those changed need not look at them. */
  together?: true;
}
export interface Within {
  table: Table;
  here: string;
  there: string;
}

/** A scalar of one row. In `sql` an @ stands for the row. */
export interface Leaf {
  sql: string;
  type: SqlType;
  nullable: boolean;
  mask?: Mask;
}

export interface Term {
  leaf: Leaf;
  descending: boolean;
  nulls: 'first' | 'last';
}
export type Operator = 'eq' | 'not' | 'in' | 'gt' | 'gte' | 'lt' | 'lte' | 'contains' | 'null' | 'notNull';

export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { none: Condition }
  | { leaf: Leaf; is: Operator; value: Read }
  | { some: Rows }
  /** The row whose id another system knows by this number. */
  | { named: Leaf; system: Read; ref: Read };

/** Rows of a table: those of the row above (`join`: here is the column above), those that meet `where`, in order. */
export interface Rows {
  table: Table;
  join?: Within;
  where?: Condition;
  order?: Term[];
  atMost?: 1;
}

export interface Page {
  rows: Rows & { order: Term[] };
  size: Read<number>;
  /** The size rounded up, in the text: the planner sees a number, and one statement serves many sizes. */
  atMost: number;
  backward: boolean;
  after?: { cursor: Read<string>; nulls: boolean[] };
  /** What its cursors begin with. */
  about: Read<string>;
}

/** Ids of rows of several tables in an order: as they were given, or those of the row above by one of their columns. */
export type Ids = { given: Read<string[]> } | { below: { rows: Rows; by: Leaf }[] };

export type Shape =
  | { is: 'constant'; json: string }
  | ({ is: 'leaf' } & Leaf)
  | { is: 'object'; members: [key: string, of: Shape][]; absent?: string }
  | { is: 'one'; rows: Rows; of: Shape }
  | { is: 'list'; rows: Rows; of: Shape }
  | { is: 'several'; from: Ids; of: { prefix: string; one: Shape }[] }
  | { is: 'count'; rows: Rows; cap?: number; of: 'rows' | 'beyondCap' }
  | { is: 'sequence'; of: Shape[] }
  | { is: 'groups'; rows: Rows; by: Leaf; atMost: number; of: Shape } // `of` is of rows with value and count
  | { is: 'page'; page: Page; of: Shape }
  | { is: 'each'; of: Shape } // below a page: its rows
  | { is: 'cursor' } // below each: of this row
  | { is: 'fact'; fact: PageFact } // below a page: of the page
  | { is: 'costs'; units: number; of: Shape } // marked in the text
  | { is: 'gap'; index: number; of: Shape }; // filled in later, from the JSON of `of`

export type PageFact = 'hasNextPage' | 'hasPreviousPage' | 'startCursor' | 'endCursor';
