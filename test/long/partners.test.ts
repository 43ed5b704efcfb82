// The short form of `npm run test:partners`, in one world: what is promised to partners and from them.
import { checks } from '../partners/checks.js';
import { openWorld, type World } from '../support/partner-world.js';

let world: World;
beforeAll(async () => void (world = await openWorld({ callbacks: false })));
afterAll(() => world.stop());

it.each(checks.map((check) => [check.name, check] as const))('%s', async (_, { run }) => {
  const outcome = await run(
    'short',
    () => {},
    async () => ({ ...world, stop: async () => {} }),
  );
  expect(outcome).toMatchObject({ wrong: [] });
});
