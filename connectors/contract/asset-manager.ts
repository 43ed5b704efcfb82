// What the buyer of a portfolio is told.
import type { Claim, Connector, Money, Operation } from '../contract.js';

export interface AssetManager extends Connector {
  kind: 'ASSET_MANAGER';
  operations: { assignPortfolio: Operation<PortfolioAssignment> };
}

export interface PortfolioAssignment {
  saleRef: string;
  cutOffAt: string;
  price: Money;
  loans: Claim[];
}
