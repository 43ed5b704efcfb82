// Tokens that were found good are not verified again at once, and are good no longer than they say.
import { onceVerified } from '../../src/graphql/auth/once-verified.js';

describe('a token that was found good', () => {
  const began = 1_000_000;
  let now = began;
  let asked: string[] = [];
  const verified = onceVerified(
    async (token) => {
      asked.push(token);
      if (token === 'bad' || now >= began + 500_000) throw new Error('not good');
      return { sub: token, exp: (token === 'brief' ? began + 10_000 : began + 900_000) / 1000 };
    },
    { forMs: 60_000, mostTokens: 2, now: () => now },
  );
  beforeEach(() => {
    now += 100_000; // nothing of the test before is good any more
    asked = [];
  });
  beforeAll(() => {
    now = began - 100_000;
  });

  it('is not good beyond its exp', async () => {
    await verified('brief');
    now += 9_999;
    expect((await verified('brief')).sub).toBe('brief');
    expect(asked).toEqual(['brief']);
    now += 1;
    await verified('brief');
    expect(asked).toEqual(['brief', 'brief']);
  });

  it('is asked about again after a minute, when its key may be gone', async () => {
    await verified('a');
    now += 59_999;
    await verified('a');
    expect(asked).toEqual(['a']);
    now += 500_000;
    await expect(verified('a')).rejects.toThrow('not good');
  });
});

describe('what is remembered', () => {
  const asked: string[] = [];
  const verified = onceVerified(
    async (token) => {
      asked.push(token);
      if (token === 'bad') throw new Error('not good');
      return { sub: token, exp: 9_999_999_999 };
    },
    { forMs: 60_000, mostTokens: 2, now: () => 0 },
  );

  it('is no more than so many tokens, and never one that was refused', async () => {
    await expect(verified('bad')).rejects.toThrow('not good');
    await expect(verified('bad')).rejects.toThrow('not good');
    for (const token of ['a', 'b', 'a', 'b', 'c', 'b', 'a']) await verified(token);
    expect(asked).toEqual(['bad', 'bad', 'a', 'b', 'c', 'a']);
  });
});
