// Names and addresses in the characters that a file may hold: printable ASCII, upper case.

/** Letters that no decomposition turns into ASCII, and the typographer's marks. */
const spelled: Readonly<Record<string, string>> = {
  ẞ: 'SS',
  Æ: 'AE',
  Œ: 'OE',
  Ø: 'O',
  Ł: 'L',
  Đ: 'D',
  Ð: 'D',
  Þ: 'TH',
  '‘': "'",
  '’': "'",
  ʼ: "'",
  '`': "'",
  '“': '"',
  '”': '"',
  '‐': '-',
  '‑': '-',
  '–': '-',
  '—': '-',
};

/** Upper case without accents, blanks run together; null where a letter has no ASCII, as in another script. */
export function toAscii(text: string): string | null {
  const plain = [...text.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase()].map((letter) => spelled[letter] ?? letter).join('');
  const said = plain.replace(/\s+/g, ' ').trim();
  return /^[ -~]*$/.test(said) ? said : null;
}
