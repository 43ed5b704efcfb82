// Who may read what, as groups of roles that the nouns name.

export const caseReaders = ['collector', 'supervisor', 'legal', 'bureauReporter', 'auditor'];
export const legalReaders = ['supervisor', 'legal', 'auditor'];
export const partnerReaders = ['collector', 'supervisor', 'legal', 'bureauReporter', 'auditor', 'platform'];
export const platformReaders = ['platform', 'auditor'];
