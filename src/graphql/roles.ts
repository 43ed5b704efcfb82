// Who may read what, as groups of roles that the nouns name.

export const caseReaders = ['collector', 'supervisor', 'legal', 'bureauReporter', 'auditor'];
export const legalReaders = ['supervisor', 'legal', 'auditor'];
export const partnerReaders = ['collector', 'supervisor', 'legal', 'bureauReporter', 'auditor', 'platform'];
/** Who may know what the bank tells bureaus of all its loans. */
export const fileReaders = ['bureauReporter', 'supervisor', 'auditor'];
/** Who may know what other lenders told a bureau. */
export const bureauReaders = ['supervisor', 'legal', 'bureauReporter', 'auditor'];
export const platformReaders = ['platform', 'auditor'];

/** The same with the users of those partners who work on the case; fields of class `internal` are closed to them. */
export const caseReadersAndPartners = [...caseReaders, 'lawFirm', 'agency'];
export const caseReadersAndFirms = [...caseReaders, 'lawFirm'];
export const caseReadersAndAgencies = [...caseReaders, 'agency'];
export const legalReadersAndFirms = [...legalReaders, 'lawFirm'];
/** Who may know what partners have collected; their users of their own. */
export const partnerMoneyReaders = [...legalReaders, 'lawFirm', 'agency'];
/** Whoever reads anything may have it written to a file. */
export const exporters = [...caseReadersAndPartners, 'platform'];
