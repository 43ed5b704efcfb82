// What is said when the local world cannot be started: what is missing, and the two other ways.

const otherWays = 'Or set DATABASE_URL and KAFKA_BROKERS to servers that you run, or use `docker compose up`.';

export class MissingTool extends Error {
  constructor(what: string) {
    super(`${what} ${otherWays}`);
  }
}
