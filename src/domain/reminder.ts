// The text of a reminder or notice: the policy's template in the borrower's language, with amount, days, deadline and the bank's contact.
import type { LocalDate } from './fact.js';
import { exponentOf, minorToDecimal } from './money.js';
import type { Policy } from './policy.js';

export function renderReminder(
  policy: Policy,
  wanted: string,
  said: { name: string; overdueMinor: bigint; currency: string; days: number; payBy: LocalDate },
  templates: Readonly<Record<string, string>> = policy.reminders.templates,
): { language: string; text: string } {
  const { defaultLanguage, bankContact } = policy.reminders;
  const language = [wanted, wanted.split('-')[0]!, defaultLanguage].find((each) => templates[each])!;
  const amount = `${said.currency} ${numberFormat(language, exponentOf(said.currency)).format(minorToDecimal(said.overdueMinor, said.currency) as `${number}`)}`;
  const values: Record<string, string> = { name: said.name, amount, days: String(said.days), payBy: said.payBy, contact: bankContact };
  return { language, text: templates[language]!.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole) };
}

const formats = new Map<string, Intl.NumberFormat>();

/** Kept, since making one costs more than all the rest of a reminder. */
function numberFormat(language: string, digits: number): Intl.NumberFormat {
  const key = `${language} ${digits}`;
  const format = formats.get(key) ?? new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  formats.set(key, format);
  return format;
}
