import { expect, test } from 'vitest';
import { printed, problems } from '../../test/printed.ts';
import { createAdd } from '../ast/add.ts';
import { createArg } from '../ast/arg.ts';
import { createCopy } from '../ast/copy.ts';
import { createDockerfile } from '../ast/dockerfile.ts';
import { createEnv } from '../ast/env.ts';
import { createFrom } from '../ast/from.ts';
import { createHealthCheck } from '../ast/health-check.ts';
import type { InstructionNode } from '../ast/index.ts';
import type { Mount } from '../ast/mount.ts';
import { createOnBuild } from '../ast/on-build.ts';
import { createRun, type RunNode } from '../ast/run.ts';
import { createStage } from '../ast/stage.ts';
import { createExpansion, createRawWord, type VariableOperator, type Word } from '../ast/word.ts';
import type { FeatureNode } from './feature.ts';
import { features } from './features.ts';
import { derivedSyntax, featuresOf, requiredFeatures } from './required-features.ts';

const copy = (rest: object = {}) => createCopy({ sources: ['s'], dest: '/d', ...rest });
const add = (source: Word, rest: object = {}) => createAdd({ sources: [source], dest: '/d', ...rest });
const run = (rest: Partial<RunNode> = {}) => createRun({ command: { form: 'exec', argv: ['x'] }, ...rest });
const mounted = (mount: Mount) => run({ mounts: [mount] });
const arg = (...names: readonly string[]) => createArg({ args: names.map((name) => ({ name })) });
const variable = (operator?: VariableOperator) =>
  createExpansion([{ kind: 'Variable', name: 'V', ...(operator && { operator, operand: 'x' }) }]);
const env = (value: Word) => createEnv({ pairs: [['A', value]] });
const script = (body: string) => run({ command: { form: 'script', body } });
const image = { kind: 'image', image: 'a' } as const;

/** An instruction for each feature, and one beside it that does not use it. */
const uses: Readonly<Record<string, readonly [uses: FeatureNode, not: FeatureNode]>> = {
  'platform-variables': [
    createFrom({ base: image, platform: variable() }),
    createFrom({ base: image, platform: 'linux/arm64' }),
  ],
  'platform-args': [arg('TARGETARCH'), createArg({ args: [{ name: 'TARGETARCH', default: 'x' }] })],
  'several-args': [arg('A', 'B'), arg('A')],
  'run-mounts': [mounted({ type: 'ssh' }), run({ mounts: [] })],
  chmod: [copy({ chmod: '755' }), copy({ chown: '1' })],
  'run-network': [run({ network: 'none' }), run()],
  'mount-variables': [
    mounted({ type: 'tmpfs', target: variable() }),
    mounted({ type: 'tmpfs', target: '/t' }),
  ],
  'run-scripts': [script('x\n'), run()],
  'interpreter-scripts': [script('#!/bin/x\n'), script('x\n')],
  'shell-heredocs': [
    run({
      command: {
        form: 'shell',
        commands: ['cat <<A'],
        heredocs: [{ name: 'A', content: '', expand: true, chomp: false }],
      },
    }),
    run({ command: { form: 'shell', commands: ['x'] } }),
  ],
  'inline-files': [copy({ files: [{ data: '' }] }), copy({ files: [] })],
  link: [copy({ link: true }), copy({ link: false })],
  'tmpfs-size': [
    mounted({ type: 'tmpfs', target: '/t', size: '1' }),
    mounted({ type: 'tmpfs', target: '/t' }),
  ],
  'add-git': [add('https://example.com/x.git#v1'), add('https://example.com/x.tar')],
  'keep-git-dir': [add('a', { keepGitDir: true }), add('a', { keepGitDir: false })],
  'add-checksum': [add('https://x/y', { checksum: 'sha256:0' }), add('https://x/y')],
  'start-interval': [
    createHealthCheck({ command: { form: 'exec', argv: ['x'] }, startInterval: '1s' }),
    createHealthCheck({}),
  ],
  'operators-without-colon': [env(variable('-')), env(variable(':-'))],
  'pattern-operators': [env(variable('##')), env(variable('?'))],
  'secret-env': [mounted({ type: 'secret', id: 'a', env: 'A' }), mounted({ type: 'secret', id: 'a' })],
  'chmod-variables': [copy({ chmod: variable() }), copy({ chmod: '644' })],
  'target-stage': [arg('TARGETSTAGE'), arg('TARGETOS')],
  'on-build-origins': [createOnBuild({ trigger: copy({ from: image }) }), createOnBuild({ trigger: copy() })],
  'os-version-args': [arg('TARGETOSVERSION'), arg('TARGETOS')],
  'symbolic-chmod': [copy({ chmod: 'u=rwX' }), copy({ chmod: '0755' })],
  'run-device': [run({ devices: [{ name: 'gpu' }] }), run({ devices: [] })],
  'git-checksum': [add('git@example.com:x', { checksum: 'a' }), add('https://x/y', { checksum: 'a' })],
  'add-unpack': [add('a', { unpack: false }), add('a')],
  'git-query': [add('https://example.com/x.git?branch=a'), add('https://example.com/x?branch=a')],
  exclude: [copy({ exclude: ['a'] }), copy({ exclude: [] })],
  parents: [copy({ parents: true }), copy({ parents: false })],
  'run-security': [run({ security: 'sandbox' }), run()],
};

test.each(features)('finds $name where it is used and nowhere else', ({ name }) => {
  const [used, not] = uses[name] ?? [];
  expect(used && featuresOf(used).map((feature) => feature.name)).toContain(name);
  expect(not && featuresOf(not).map((feature) => feature.name)).not.toContain(name);
});

test('every feature has a name of its own and stands in the order it came', () => {
  expect(new Set(features.map(({ name }) => name)).size).toBe(features.length);
  const minors = features.map(({ since }) => Number(since.slice(2)));
  expect(minors).toEqual(minors.toSorted((left, right) => left - right));
});

test('looks for operators inside raw words, quotes and operands', () => {
  const names = (word: Word) => featuresOf(env(word)).map(({ name }) => name);
  expect(names(createRawWord('"x${A#b}"'))).toEqual(['pattern-operators']);
  expect(names(createRawWord('${A:-${B-c}}'))).toEqual(['operators-without-colon']);
  expect(names(createRawWord('\\${A#b}'))).toEqual([]);
  const nested = createExpansion([{ kind: 'Variable', name: 'A', operator: ':-', operand: variable('%') }]);
  expect(names(nested)).toEqual(['pattern-operators']);
});

test('looks into ONBUILD triggers', () => {
  const trigger = createOnBuild({ trigger: copy({ link: true }) });
  expect(featuresOf(trigger).map(({ name }) => name)).toEqual(['link']);
});

test('lists what a file needs, with the instruction that needs it', () => {
  const from = createFrom({ base: image });
  const linked = copy({ link: true, parents: true });
  const stages = [createStage({ from, instructions: [run(), linked] })];
  const needed = requiredFeatures(createDockerfile({ directives: [], escape: '\\', args: [], stages }));
  expect(needed.map(({ feature, node }) => [feature.name, node])).toEqual([
    ['link', linked],
    ['parents', linked],
  ]);
});

test.each<readonly [InstructionNode, string | undefined]>([
  [run(), undefined],
  [copy({ link: true }), undefined],
  [add('a', { checksum: 'x' }), 'docker/dockerfile:1.6'],
  [env(variable('#')), 'docker/dockerfile:1.7'],
  [copy({ exclude: ['a'], chmod: 'u=r' }), 'docker/dockerfile:1.19'],
  [run({ devices: [{ name: 'gpu' }] }), 'docker/dockerfile:1.14-labs'],
  [run({ devices: [{ name: 'gpu' }], security: 'insecure' }), 'docker/dockerfile:1.20-labs'],
])('asks for the lowest frontend that has everything: %j', (node, syntax) => {
  expect(derivedSyntax(featuresOf(node), 'modern')).toBe(syntax);
  expect(derivedSyntax(featuresOf(node), 'buildkit')).toBeUndefined();
});

test.each<readonly [InstructionNode, 'buildkit' | 'classic', string, string]>([
  [
    copy({ link: true }),
    'buildkit',
    '"COPY --link" needs the Dockerfile frontend 1.4, and the profile "buildkit" has 1.2.',
    'Use the profile "modern", or do without "link".',
  ],
  [
    add('a', { link: true }),
    'classic',
    '"ADD --link" needs the Dockerfile frontend 1.4, and the profile "classic" has no BuildKit.',
    'Use the profile "modern", or do without "link".',
  ],
  [
    mounted({ type: 'ssh' }),
    'classic',
    '"RUN --mount" needs the Dockerfile frontend 1.2, and the profile "classic" has no BuildKit.',
    'Use the profile "buildkit" or "modern", or do without "run-mounts".',
  ],
  [
    run({ devices: [{ name: 'gpu' }] }),
    'buildkit',
    '"RUN --device" needs the Dockerfile frontend 1.14-labs, and the profile "buildkit" has 1.2.',
    'Use the profile "modern", or do without "run-device".',
  ],
])('says what the profile lacks: %j for %s', (node, profile, message, hint) => {
  expect(problems(node, { profile })).toMatchObject([{ code: 'unsupported-feature', message, hint }]);
});

test.each([
  [copy({ chmod: '755' }), 'buildkit'],
  [mounted({ type: 'secret', id: 'a', required: true }), 'buildkit'],
  [arg('TARGETARCH'), 'buildkit'],
  [copy({ chown: '1:1', from: image }), 'classic'],
  [arg('A', 'B'), 'classic'],
] as const)('has no objection to %j for %s', (node, profile) => {
  expect(printed(node, { profile })).not.toBe('');
});
