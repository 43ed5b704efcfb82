// Keeps the intake running: while Kafka cannot be reached the gateway answers queries, says that it is not ready, and tries again.
import type { Intake } from './intake.js';

export interface Consuming {
  /** `ok`, or why nothing is consumed. */
  state(): string;
  lag(): Promise<number | null>;
  stop(): Promise<void>;
}

const pauseMs = 3_000;

export function startConsuming(
  create: (onFatal: (error: Error) => void) => Intake,
  log: { warn(fields: object, text: string): void; error(fields: object, text: string): void },
): Consuming {
  let intake: Intake | null = null;
  let problem = 'connecting';
  let stopping = false;
  let wake: (() => void) | null = null;

  const running = (async () => {
    while (!stopping) {
      let failed: (error: Error) => void = () => {};
      const fatal = new Promise<Error>((resolve) => (failed = resolve));
      const mine = create((error) => failed(error));
      try {
        await mine.start();
        intake = mine;
        problem = 'joining the group';
        const stopped = new Promise<null>((resolve) => (wake = () => resolve(null)));
        const ended = await Promise.race([fatal, stopped]);
        if (ended) throw ended;
      } catch (error) {
        problem = (error as Error).message;
        log.error({ error: problem }, `KAFKA_BROKERS: nothing is consumed; trying again in ${pauseMs / 1000} s`);
      }
      intake = null;
      await mine.stop();
      if (!stopping)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, pauseMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
    }
  })();

  return {
    state: () => (intake ? (intake.joined() ? 'ok' : 'joining the group') : problem),
    lag: async () => (intake ? (await intake.health()).lag : null),
    async stop() {
      stopping = true;
      wake?.();
      await running;
    },
  };
}
