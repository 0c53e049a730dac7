import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { parse, parseAllDocuments } from 'yaml';
import { projectFile } from '../../../core/project-root.ts';
import { createAuthority } from '../../support/certificates.ts';
import { faultsByTypes } from '../../support/kubernetes-types.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { itWith, runTool } from '../../support/tool.ts';

// Each file of deploy/ is read by the program or the schema that reads it at an operator's, and then again with a typo,
// which has to be found.
const text = (...parts: readonly string[]) => readFileSync(projectFile('deploy', ...parts), 'utf8');

/** A file with one place changed, which has to be there. */
function withTypo(whole: string, [right, wrong]: readonly [string, string]): string {
  expect([right, whole.includes(right)]).toEqual([right, true]);
  return whole.replace(right, wrong);
}

describe('the manifests of Kubernetes', () => {
  const read = (yaml: string) => parseAllDocuments(yaml).map((one) => one.toJS() as unknown);
  const base = readdirSync(projectFile('deploy', 'kubernetes', 'base'))
    .filter((name) => name !== 'kustomization.yaml')
    .map((name) => text('kubernetes', 'base', name))
    .join('\n---\n');
  const typos: readonly (readonly [string, string])[] = [
    ['readinessProbe:', 'readynessProbe:'],
    ['replicas: 2', 'replica: 2'],
    ['replicas: 2', 'replicas: "two"'],
    ['matchLabels:', 'matchLabel:'],
    ['containerPort: 4000', 'containerPorts: 4000'],
    ['minAvailable: 1', 'minimumAvailable: 1'],
    ['pathType:', 'pathTyp:'],
    ['averageValue:', 'averageValues:'],
    ['kind: NetworkPolicy', 'kind: NetworkPolicies'],
    ['apiVersion: autoscaling/v2', 'apiVersion: autoscaling/v9'],
    ['readOnlyRootFilesystem: true', 'readOnlyRootFileSystem: true'],
    ['capabilities: { drop: [ALL] }', 'capabilities: { drop: ALL }'],
    ['backoffLimit:', 'backOffLimit:'],
    ['secretKeyRef:', 'secretRef:'],
    ['targetPort:', 'targetport:'],
  ];

  it("fit Kubernetes' own types, and a typo is found", async () => {
    const broken = typos.map((typo, n) => [`typo-${n}`, read(withTypo(base, typo))] as const);
    const split = ['subgraphs', 'network'].map((name) =>
      text('kubernetes', 'overlays', 'split', `${name}.yaml`),
    );
    const faults = await faultsByTypes({
      ...Object.fromEntries(broken),
      whole: [...read(base), ...split.flatMap(read)],
    });
    expect(faults.whole).toEqual([]);
    const missed = typos.filter((_typo, n) => faults[`typo-${n}`]?.length === 0);
    expect(missed).toEqual([]);
  });

  itWith('kubectl', 'are put together by Kustomize, and a typo in what it reads is found', async () => {
    const made: Record<string, readonly unknown[]> = {};
    for (const [overlay, count] of [
      ['one-process', 11],
      ['split', 20],
    ] as const) {
      const folder = projectFile('deploy', 'kubernetes', 'overlays', overlay);
      const { code, output } = runTool('kubectl', ['kustomize', folder]);
      expect([overlay, code]).toEqual([overlay, 0]);
      const objects = read(output);
      made[overlay] = objects;
      expect(objects).toHaveLength(count);
      const pods = objects.map((one) => JSON.stringify(one)).filter((one) => one.includes('"containers"'));
      // No overlay leaves a pod without what the standard "restricted" asks for.
      for (const pod of pods) expect(pod).toContain('"readOnlyRootFilesystem":true');
      expect(output).not.toMatch(/image: school$/m);
    }
    expect(await faultsByTypes(made)).toEqual({ 'one-process': [], split: [] });
    const at = await temporaryFolder('kustomize');
    cpSync(projectFile('deploy', 'kubernetes'), at, { recursive: true });
    const split = join(at, 'overlays', 'split');
    for (const [name, ...typo] of [
      ['kustomization.yaml', 'resources:', 'resource:'],
      ['kustomization.yaml', 'network.yaml', 'networks.yaml'],
      ['kustomization.yaml', 'patches:', 'patchs:'],
      ['gateway.yaml', 'name: school-gateway', 'name: school-gatway'],
      ['gateway.yaml', 'kind: Deployment', 'kind: Deploiment'],
      ['subgraphs.yaml', 'spec:', 'spec'],
    ] as const) {
      const right = text('kubernetes', 'overlays', 'split', name);
      writeFileSync(join(split, name), withTypo(right, typo));
      expect([name, ...typo, runTool('kubectl', ['kustomize', split]).code]).toEqual([name, ...typo, 1]);
      writeFileSync(join(split, name), right);
    }
  });
});

describe('the compose file', () => {
  it('fits the schema of the Compose specification, and a typo is found', () => {
    const schema = JSON.parse(
      readFileSync(projectFile('test', 'support', 'schemas', 'compose-spec.json'), 'utf8'),
    );
    const fits = new Ajv2019({ strict: false, validateFormats: false }).compile(schema);
    const whole = text('compose.yaml');
    const read = (yaml: string) => parse(yaml, { merge: true }) as unknown;
    expect([fits(read(whole)), fits.errors]).toEqual([true, null]);
    for (const typo of [
      ['cap_drop:', 'cap_drops:'],
      ['services:', 'service:'],
      ['service_healthy', 'service_helthy'],
      ['replicas: 2', 'replica: 2'],
      ['mem_limit: 1g', 'mem_limit: [1g]'],
      ['read_only: true', 'read_only: "yes"'],
      ['image: docker.io/library/postgres:17', 'images: docker.io/library/postgres:17'],
      ['healthcheck:', 'healtcheck:'],
      ['profiles: [demo]', 'profiles: demo'],
      ['secrets: [postgres]', 'secrets: postgres'],
      ['interval: 5s', 'intervall: 5s'],
    ] as const)
      expect([...typo, fits(read(withTypo(whole, typo)))]).toEqual([...typo, false]);
  });
});

describe('the units of systemd', () => {
  const units = readdirSync(projectFile('deploy', 'systemd'));

  itWith('systemd-analyze', 'are read without a remark, and a typo is found', async () => {
    const verify = async (typo: readonly [string, string] | null) => {
      const at = await temporaryFolder('units');
      // Verifying wants the program to be there.
      const ofHere = (unit: string) =>
        unit.replaceAll('/opt/school/node_modules/node/bin/node', process.execPath);
      for (const name of units) {
        const whole = ofHere(text('systemd', name));
        const isTypos = typo !== null && name.startsWith('school-worker');
        writeFileSync(join(at, name), isTypos ? withTypo(whole, typo) : whole);
      }
      const paths = units.map((name) => join(at, name.replace('@', '@1')));
      const env = { ...process.env, SYSTEMD_UNIT_PATH: `${at}:` };
      return runTool('systemd-analyze', ['verify', ...paths], { env }).output;
    };
    expect(await verify(null)).toBe('');
    for (const typo of [
      ['PrivateTmp=', 'PrivateTemp='],
      ['Restart=always', 'Restart=alway'],
      ['[Service]', '[Servce]'],
      ['ExecStart=/', 'ExecStart=/no/'],
      ['TimeoutStopSec=20', 'TimeoutStopSec=twenty'],
      ['MemoryMax=1G', 'MemoryMax=1Q'],
      ['KillMode=mixed', 'KillMode=mixt'],
    ] as const)
      expect([...typo, (await verify(typo)) !== '']).toEqual([...typo, true]);
  });
});

describe("Caddy's file", () => {
  itWith('caddy', 'is valid, and a typo is found', async () => {
    const at = await temporaryFolder('caddy');
    const authority = join(at, 'ca.pem');
    writeFileSync(authority, (await createAuthority('pagoPA')).certificate.toString('pem'));
    const whole = text('caddy', 'Caddyfile');
    const validate = (content: string) => {
      writeFileSync(join(at, 'Caddyfile'), content);
      return runTool('caddy', ['validate', '--adapter', 'caddyfile', '--config', join(at, 'Caddyfile')], {
        env: {
          ...process.env,
          HOME: at,
          XDG_DATA_HOME: at,
          XDG_CONFIG_HOME: at,
          SCHOOL_NODE_SECRET: 'x'.repeat(32),
          SCHOOL_NODE_CA: authority,
        },
      });
    };
    expect(validate(whole)).toMatchObject({
      code: 0,
      output: expect.stringContaining('Valid configuration'),
    });
    for (const typo of [
      ['lb_policy', 'lb_polici'],
      ['least_conn', 'least_con'],
      ['30MB', '30MBB'],
      ['lb_try_duration 5s', 'lb_try_duration five'],
      ['require_and_verify', 'require_and_verifi'],
      ['trusted_ca_cert_file {$SCHOOL_NODE_CA:/etc/school/pagopa-ca.pem}', 'trusted_ca_cert_file /none.pem'],
      ['respond @internal 404', 'respond @internals 404 {'],
      ['reverse_proxy', 'revers_proxy'],
    ] as const)
      expect([...typo, validate(withTypo(whole, typo)).code]).toEqual([...typo, 1]);
  });
});

describe("Prometheus' files", () => {
  itWith('promtool', 'are valid, and a typo is found', async () => {
    const at = await temporaryFolder('prometheus');
    cpSync(projectFile('deploy', 'prometheus'), at, { recursive: true });
    for (const [name, command, ...typos] of [
      [
        'rules.yaml',
        'rules',
        ['expr:', 'exp:'],
        ['for: 2m', 'for: 2x'],
        ['max by', 'maxx by'],
        ['histogram_quantile(', 'histogram_quantil('],
        ['severity: critical', 'severity: [critical]'],
        ['humanizePercentage', 'humanisePercentage'],
        [' == 0', ' = 0'],
      ],
      ['prometheus.yaml', 'config', ['scrape_interval', 'scrape_intervall'], ['rules.yaml', '"[rules.yaml"']],
      ['compose.yaml', 'config', ['type: A', 'type: AA'], ['dns_sd_configs', 'dns_sd_config']],
    ] as const) {
      const check = () => runTool('promtool', ['check', command, name], { cwd: at }).code;
      expect([name, check()]).toEqual([name, 0]);
      const whole = text('prometheus', name);
      for (const typo of typos) {
        writeFileSync(join(at, name), withTypo(whole, typo));
        expect([name, ...typo, check()]).toEqual([name, ...typo, 1]);
      }
      writeFileSync(join(at, name), whole);
    }
  });
});
