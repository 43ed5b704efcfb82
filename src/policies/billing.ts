// What law firms may bill, jurisdiction by jurisdiction: the agreed rates of the house, budgets and mandates as data.
import type { BillingRules } from '../domain/legal/billing-rules.js';

const house = {
  citation: "Default of the product: the bank's own panel terms go here; not taken from a law",
  verified: false,
  namedCurrencies: ['IDR', 'CNY'],
};

export const billingAnywhere: BillingRules = {
  ...house,
  rates: { USD: { PARTNR: 450_00n, OFCOUN: 400_00n, ASSOC: 300_00n, PARALG: 120_00n, LGLAST: 100_00n, '*': 90_00n } },
  budget: { USD: 50_000_00n },
  mandate: { USD: 5_000_00n },
};

export const billingIndonesia: BillingRules = {
  ...house,
  rates: {
    IDR: { PARTNR: 4_500_000_00n, OFCOUN: 4_000_000_00n, ASSOC: 2_500_000_00n, PARALG: 900_000_00n, LGLAST: 750_000_00n, '*': 600_000_00n },
    USD: { PARTNR: 300_00n, OFCOUN: 270_00n, ASSOC: 180_00n, PARALG: 70_00n, '*': 50_00n },
  },
  budget: { IDR: 500_000_000_00n, USD: 35_000_00n },
  mandate: { IDR: 50_000_000_00n, USD: 3_500_00n },
};

export const billingChina: BillingRules = {
  ...house,
  rates: { CNY: { PARTNR: 3_500_00n, ASSOC: 2_000_00n, PARALG: 800_00n, '*': 600_00n } },
  budget: { CNY: 300_000_00n },
  mandate: { CNY: 30_000_00n },
};

export const billingEurope: BillingRules = {
  ...house,
  rates: { EUR: { PARTNR: 420_00n, OFCOUN: 380_00n, ASSOC: 280_00n, PARALG: 120_00n, '*': 90_00n } },
  budget: { EUR: 50_000_00n },
  mandate: { EUR: 5_000_00n },
};

/** What is wrong with the rules, in words. */
export function faultsOfBilling({ rates, budget, mandate }: BillingRules): string[] {
  const faults: string[] = [];
  for (const [currency, most] of [...Object.entries(budget), ...Object.entries(mandate)])
    if (most <= 0n) faults.push(`a budget or mandate in ${currency} is not above zero`);
  for (const [currency, ofCurrency] of Object.entries(rates))
    for (const [classification, most] of Object.entries(ofCurrency))
      if (most <= 0n) faults.push(`the rate of ${classification} in ${currency} is not above zero`);
  for (const [currency, most] of Object.entries(mandate))
    if ((budget[currency] ?? most) < most) faults.push(`one person may decide more in ${currency} than a matter may cost`);
  return faults;
}
