// Sample orders to channels to borrowers.
import { money, type Samples } from './shared.js';

export const ofNotification: Samples = {
  orders: () => ({
    sendReminder: {
      caseRef: 'RC-B00001-1',
      channel: 'SMS',
      to: '+62 811-1111-1111',
      language: 'id',
      text: 'Mohon dibayar',
      overdue: money('125000.00'),
      daysPastDue: 7,
      payBy: '2026-02-07',
    },
  }),
  before: () => null,
};
