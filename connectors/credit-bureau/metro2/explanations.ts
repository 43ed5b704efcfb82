// What the bureau's codes and rules mean, in plain words for those who mend what was refused.

export const explanations: Readonly<Record<string, string>> = {
  M1: 'Only statuses 05, 13, 65, 88, 89, 94 and 95 have a payment rating.',
  M2: 'The date of first delinquency belongs to accounts that are or were thirty days late, and to no others.',
  M3: 'The date of first delinquency never moves to a later day while the arrears last.',
  M4: 'The amount that was charged off stands with statuses 64 and 97, and only there.',
  M5: 'No date is later than the period that is told.',
  M6: 'The payment history has 24 months without gaps and agrees with what was told before.',
  M7: 'The code is not in the bureaus’ list.',
  M8: 'The sums do not agree with the status.',
  M9: 'A consumer is known by a social security number or a birth date, and by first and last name.',
  M10: 'Portfolio, duration, frequency and limit do not agree.',
  M11: 'A sold or bought account names the other party.',
  M12: 'Who bought or collects a debt names its original creditor.',
  M13: 'The change of an account number is told once, and the old number is never used again.',
  M14: 'The totals at the end of the file do not agree with its records.',
  M15: 'The code of a bankruptcy is not in use.',
  M16: 'A paid account owes nothing.',
  LAYOUT: 'The value does not fit its place in the record.',
  DUPLICATE: 'The account stands in the file twice.',
};
