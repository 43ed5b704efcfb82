// The environment as typed settings: what is missing or malformed stops the start and is named.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFileDoors, type FileDoorConfig } from './files-config.js';
import { readPartner, type PartnerConfig, type Reading } from './partner-config.js';

export interface SourceConfig {
  format: string;
  topics: string[];
  settings: Readonly<Record<string, string | undefined>>;
}

export interface Config {
  production: boolean;
  databaseUrl: string;
  brokers: string[];
  /** What is read: each format from topics of its own. `settings` are the variables that begin with the format's name, without it. */
  sources: SourceConfig[];
  group: string;
  dayPatienceMs: number;
  host: string;
  port: number;
  cursorSecret: string;
  /** Signs no more, and is still believed. */
  formerCursorSecret: string | null;
  cursorDays: number;
  /** `folder` holds the manifests of registered documents; `adHocRoles` may send others, `*` being everybody. */
  documents: { folder: string | null; adHocRoles: string[]; costLimit: number; costPerSecond: number };
  /** Whether answers about one case are stored while they are asked for again. */
  storedAnswers: boolean;
  auth: { jwksUrl: string | null; issuer: string | null; audience: string | null; developmentKey: string | null };
  partners: PartnerConfig[];
  /** Where partners leave files and get them. */
  files: { doors: FileDoorConfig[]; pollMs: number; mostBytes: number };
  /** Without a secret there are none; in production only these hosts are told. */
  webhooks: { secret: string | null; hosts: string[] };
  /** Where the files of bulk exports are, and for how long. */
  exports: { folder: string; keepHours: number };
  breaker: {
    concurrency: number;
    volumeThreshold: number;
    errorThresholdPercent: number;
    rollingWindowMs: number;
    resetMs: number;
    slowMs: number;
  };
  retry: { baseMs: number; capMs: number; mostAttempts: number; callMs: number };
  /** How often a partner that fails is asked again, beside first tries. */
  budget: { percent: number; floor: number; windowMs: number; wellAfter: number };
  /** When a hand-over that waits is raised: by its age, and by the days that its deadline is away. */
  alarms: { ageMs: number; deadlineDays: number };
  /** For how many days the ids of callbacks are kept: longer than any partner sends one again. */
  callbackKeepDays: number;
  logLevel: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** All that is wrong with the settings, each by its name. */
export class BadSettings extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.length === 1 ? problems[0] : `${problems.length} settings are wrong:\n  ${problems.join('\n  ')}`);
  }
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** Reads one setting at a time; what is wrong with it comes to be among the problems. */
export function readingOf(environment: Environment, problems: string[]): Reading {
  const text = (name: string, fallback?: string): string => {
    const value = environment[name] || fallback;
    if (value === undefined) problems.push(`${name} is not set`);
    return value ?? '';
  };
  const optional = (name: string): string | null => environment[name] || null;
  const number = (name: string, fallback: number, least: number, most = Number.MAX_SAFE_INTEGER): number => {
    const given = environment[name];
    const value = given ? Number(given) : fallback;
    if (!Number.isInteger(value) || value < least || value > most)
      problems.push(
        `${name} must be a whole number from ${least}${most < Number.MAX_SAFE_INTEGER ? ` to ${most}` : ' on'}, not "${given}"`,
      );
    return value;
  };
  const url = (name: string, value: string, protocols: readonly string[]): string => {
    if (value && !(URL.canParse(value) && protocols.includes(new URL(value).protocol)))
      problems.push(`${name} must be a URL of ${protocols.join(' or ')}`);
    return value;
  };
  const oneOf = (name: string, value: string, all: readonly string[]): string => {
    if (!all.includes(value)) problems.push(`${name} must be one of ${all.join(', ')}, not "${value}"`);
    return value;
  };
  return { problems, production: environment['NODE_ENV'] === 'production', text, optional, number, url, oneOf };
}

/** @param partnerIds the partners that the register knows. @throws BadSettings */
export function readConfig(environment: Environment, partnerIds: readonly string[], formats: readonly string[]): Config {
  const problems: string[] = [];
  const reading = readingOf(environment, problems);
  const { production, text, optional, number, url, oneOf } = reading;
  const brokers = text('KAFKA_BROKERS')
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);
  for (const broker of brokers)
    if (!/^[^\s:]+:\d{1,5}$/.test(broker)) problems.push(`KAFKA_BROKERS must be a list of host:port, not "${broker}"`);
  const auth = {
    jwksUrl: optional('AUTH_JWKS_URL'),
    issuer: optional('AUTH_ISSUER'),
    audience: optional('AUTH_AUDIENCE'),
    developmentKey: optional('AUTH_DEVELOPMENT_KEY'),
  };
  if (!auth.jwksUrl && !auth.developmentKey) problems.push('AUTH_JWKS_URL is not set (or AUTH_DEVELOPMENT_KEY, outside production)');
  if (auth.jwksUrl) {
    url('AUTH_JWKS_URL', auth.jwksUrl, ['https:', 'http:']);
    text('AUTH_ISSUER');
    text('AUTH_AUDIENCE'); // else tokens that the issuer made for other services would be good here
  }
  if (production && auth.developmentKey) problems.push('AUTH_DEVELOPMENT_KEY must not be set in production: set AUTH_JWKS_URL');
  if (auth.developmentKey && auth.developmentKey.length < 32) problems.push('AUTH_DEVELOPMENT_KEY must have at least 32 characters');
  const cursorSecret = text('CURSOR_SECRET');
  if (cursorSecret && cursorSecret.length < 32) problems.push('CURSOR_SECRET must have at least 32 characters');
  const formerCursorSecret = optional('CURSOR_SECRET_FORMER');
  if (formerCursorSecret && formerCursorSecret.length < 32) problems.push('CURSOR_SECRET_FORMER must have at least 32 characters');

  const partners = partnerIds.flatMap((id) => readPartner(id, reading) ?? []);

  const webhooks = {
    secret: optional('WEBHOOK_SECRET'),
    hosts: (optional('WEBHOOK_HOSTS') ?? '')
      .split(',')
      .map((each) => each.trim().toLowerCase())
      .filter(Boolean),
  };
  if (webhooks.secret && webhooks.secret.length < 32) problems.push('WEBHOOK_SECRET must have at least 32 characters');
  for (const host of webhooks.hosts)
    if (!/^[a-z0-9.-]+$/.test(host)) problems.push(`WEBHOOK_HOSTS must be a list of host names, not "${host}"`);

  const config: Config = {
    production,
    databaseUrl: url('DATABASE_URL', text('DATABASE_URL'), ['postgres:', 'postgresql:']),
    brokers,
    sources: readSources(environment, formats, problems),
    group: text('KAFKA_GROUP', 'casegraph'),
    dayPatienceMs: number('DAY_PATIENCE_MS', 5_000, 0),
    host: text('HOST', '127.0.0.1'),
    port: number('PORT', 4000, 0, 65_535),
    cursorSecret,
    formerCursorSecret,
    cursorDays: number('CURSOR_DAYS', 30, 1, 3_650),
    documents: {
      folder: optional('DOCUMENTS'),
      adHocRoles: (environment['AD_HOC_ROLES'] ?? (production ? '' : '*')).split(',').filter(Boolean),
      costLimit: number('COST_LIMIT', 10_000, 1),
      costPerSecond: number('COST_PER_SECOND', 0, 0),
    },
    storedAnswers: oneOf('STORED_ANSWERS', text('STORED_ANSWERS', 'on'), ['on', 'off']) === 'on',
    auth,
    partners,
    files: {
      doors: readFileDoors(partnerIds, partners, reading),
      pollMs: number('FILES_POLL_MS', 10_000, 100),
      mostBytes: number('FILES_MOST_BYTES', 50_000_000, 1_000),
    },
    webhooks,
    exports: {
      folder: text('EXPORT_DIR', join(tmpdir(), `casegraph-exports-${process.getuid?.() ?? 0}`)),
      keepHours: number('EXPORT_KEEP_HOURS', 24, 1, 720),
    },
    breaker: {
      concurrency: number('BREAKER_CONCURRENCY', 8, 1, 1_000),
      volumeThreshold: number('BREAKER_VOLUME_THRESHOLD', 20, 1),
      errorThresholdPercent: number('BREAKER_ERROR_PERCENT', 50, 1, 100),
      rollingWindowMs: number('BREAKER_WINDOW_MS', 60_000, 1_000),
      resetMs: number('BREAKER_RESET_MS', 60_000, 100),
      slowMs: number('BREAKER_SLOW_MS', 3_000, 10),
    },
    retry: {
      baseMs: number('RETRY_BASE_MS', 1_000, 1),
      capMs: number('RETRY_CAP_MS', 300_000, 1),
      mostAttempts: number('RETRY_MOST_ATTEMPTS', 200, 1),
      callMs: number('RETRY_CALL_MS', 15_000, 100),
    },
    budget: {
      percent: number('RETRY_BUDGET_PERCENT', 10, 0, 100),
      floor: number('RETRY_BUDGET_FLOOR', 10, 1),
      windowMs: number('RETRY_BUDGET_WINDOW_MS', 60_000, 1_000),
      wellAfter: number('RETRY_BUDGET_WELL_AFTER', 10, 1),
    },
    alarms: {
      ageMs: number('HANDOFF_ALARM_MINUTES', 60, 1) * 60_000,
      deadlineDays: number('HANDOFF_DEADLINE_DAYS', 3, 0, 365),
    },
    callbackKeepDays: number('CALLBACK_KEEP_DAYS', 7, 4, 3_650),
    logLevel: oneOf('LOG_LEVEL', text('LOG_LEVEL', 'info'), logLevels),
  };
  if (problems.length) throw new BadSettings(problems);
  return config;
}

/** `SOURCES` is a list of `format:topic,topic`, separated by blanks; without it, `canonical` is read from KAFKA_TOPIC. */
export function readSources(environment: Environment, formats: readonly string[], problems: string[]): SourceConfig[] {
  const given = environment['SOURCES']?.trim() || `canonical:${environment['KAFKA_TOPIC'] || 'loan-events'}`;
  const sources = given.split(/\s+/).flatMap((each): SourceConfig[] => {
    const [, format = '', list = ''] = /^([a-z]+):(.+)$/.exec(each) ?? [];
    const topics = list.split(',').filter(Boolean);
    if (!formats.includes(format) || !topics.length) {
      problems.push(`SOURCES must be a list of format:topic,topic with a format out of ${formats.join(', ')}, not "${each}"`);
      return [];
    }
    const prefix = `${format.toUpperCase()}_`;
    const settings = Object.fromEntries(
      Object.entries(environment).flatMap(([name, value]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [])),
    );
    return [{ format, topics, settings }];
  });
  const twice = (names: string[]) => names.find((name, i) => names.indexOf(name) !== i);
  const format = twice(sources.map(({ format }) => format));
  const topic = twice(sources.flatMap(({ topics }) => topics));
  if (format) problems.push(`SOURCES names the format ${format} twice`);
  if (topic) problems.push(`SOURCES names the topic ${topic} twice`);
  return sources;
}
