// Waits for a condition, and says which when it does not come.

export async function until<T>(what: string, ask: () => Promise<T | undefined | null | false>, mostMs = 60_000): Promise<T> {
  const from = Date.now();
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() - from > mostMs) throw new Error(`Still not: ${what}`);
    await new Promise((next) => setTimeout(next, 50));
  }
}
