// Reads the XML of one PBOC record strictly: elements without attributes, which hold either text or elements.

export interface XmlElement {
  name: string;
  text: string;
  children: readonly XmlElement[];
}

const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The root element, or null for what is not such XML. */
export function parsed(text: string): XmlElement | null {
  const tag = /<(\/?)([A-Za-z][A-Za-z0-9_]*)>/y;
  const open: { name: string; text: string; children: XmlElement[] }[] = [{ name: '', text: '', children: [] }];
  let at = 0;
  while (at < text.length) {
    const top = open.at(-1)!;
    const next = text.indexOf('<', at);
    const between = unescaped(text.slice(at, next < 0 ? text.length : next));
    if (between === null || (between && open.length === 1)) return null;
    top.text += between;
    if (next < 0) return null;
    tag.lastIndex = next;
    const [all, closes, name] = tag.exec(text) ?? [];
    if (!all) return null;
    at = next + all.length;
    if (!closes) {
      open.push({ name: name!, text: '', children: [] });
      continue;
    }
    if (top.name !== name || (top.children.length && top.text)) return null;
    open.pop();
    open.at(-1)!.children.push(top);
  }
  return open.length === 1 && open[0]!.children.length === 1 ? open[0]!.children[0]! : null;
}

function unescaped(text: string): string | null {
  if (!/^(?:[^&>\p{Cc}]|&(?:amp|lt|gt|quot|apos);)*$/u.test(text)) return null;
  return text.replace(/&([a-z]+);/g, (_, name: string) => characters[name]!);
}
