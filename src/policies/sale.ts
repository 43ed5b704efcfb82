// The sale of claims: the rules as data, a const a jurisdiction.
import type { SaleRules } from '../domain/sale/rules.js';

const documents = ['ACCOUNT', 'DISBURSEMENT', 'SCHEDULE'];
const holds = ['DISPUTE', 'DECEASED', 'BANKRUPTCY', 'FRAUD_INVESTIGATION', 'IDENTITY_THEFT'];

export const saleAnywhere: SaleRules = {
  neverSell: {
    holds,
    documents,
    citation: 'US OCC Bulletin 2014-37 (debts that should not be sold, documents that go with them), used as a default; recalled, not read',
    verified: false,
  },
  least: { loans: 1, citation: 'Default of the product', verified: false },
  notice: {
    methods: ['BAILIFF', 'WRITTEN_ACKNOWLEDGEMENT', 'REGISTERED_LETTER', 'ELECTRONIC'],
    citation: 'Default of the product: an assignment binds the debtor from notice',
    verified: false,
  },
  putBack: {
    withinDays: {
      BANKRUPT: 90,
      DECEASED: 90,
      FRAUD: 180,
      DISPUTED: 90,
      WRONG_BALANCE: 60,
      ALREADY_PAID: 60,
      TIME_BARRED: 90,
      WARRANTY: 180,
    },
    answerDays: 14,
    citation: 'Default of the product; the contract of a sale says its own',
    verified: false,
  },
  recall: { withinDays: 90, citation: 'Default of the product', verified: false },
};

export const saleChina: SaleRules = {
  ...saleAnywhere,
  neverSell: {
    holds,
    documents: [...documents, 'IDENTITY'],
    citation: '财金〔2012〕6号, 银保监办便函〔2021〕26号 (what must not be transferred in batches); secondary source',
    verified: false,
  },
  least: { loans: 3, citation: '财金〔2012〕6号 as amended: a batch is three accounts or more; secondary source', verified: false },
  notice: {
    methods: ['WRITTEN_ACKNOWLEDGEMENT', 'REGISTERED_LETTER', 'ELECTRONIC', 'PUBLIC_NOTICE'],
    citation: '民法典 art. 546: without notice the assignment has no effect on the debtor; recalled, not read',
    verified: false,
  },
};

export const saleIndonesia: SaleRules = {
  ...saleAnywhere,
  notice: {
    methods: ['BAILIFF', 'WRITTEN_ACKNOWLEDGEMENT'],
    citation: 'KUHPerdata art. 613: no effect on the debtor before betekening or written acknowledgement; recalled, not read',
    verified: false,
  },
};
