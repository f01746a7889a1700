import fc from 'fast-check';
import { createAdd } from '../src/ast/add.ts';
import { createArg } from '../src/ast/arg.ts';
import { createCmd } from '../src/ast/cmd.ts';
import type { Command } from '../src/ast/command.ts';
import { createCopy, type TransferFields } from '../src/ast/copy.ts';
import { createDockerfile, type DockerfileNode } from '../src/ast/dockerfile.ts';
import { createEntrypoint } from '../src/ast/entrypoint.ts';
import { createEnv } from '../src/ast/env.ts';
import { createExpose } from '../src/ast/expose.ts';
import { createFrom } from '../src/ast/from.ts';
import { createHealthCheck } from '../src/ast/health-check.ts';
import type { InstructionNode } from '../src/ast/index.ts';
import { createLabel } from '../src/ast/label.ts';
import type { Mount } from '../src/ast/mount.ts';
import { createOnBuild } from '../src/ast/on-build.ts';
import { createRun } from '../src/ast/run.ts';
import { createShell } from '../src/ast/shell.ts';
import { createStage } from '../src/ast/stage.ts';
import { createStopSignal } from '../src/ast/stop-signal.ts';
import { createUser } from '../src/ast/user.ts';
import { createVolume } from '../src/ast/volume.ts';
import { createExpansion, type VariableReference, type Word } from '../src/ast/word.ts';
import { createWorkdir } from '../src/ast/workdir.ts';
import { hostileText } from './hostile-text.ts';

const text = hostileText.filter((value) => !/[\n\0]/u.test(value));
const name = fc.constantFrom('A', 'B_1', 'PATH', 'é');
const plain = fc.constantFrom('a', '/b', 'c-1', 'x.y');

const variable: fc.Arbitrary<VariableReference> = fc.oneof(
  name.map((value): VariableReference => ({ kind: 'Variable', name: value })),
  fc.record({
    kind: fc.constant('Variable' as const),
    name,
    operator: fc.constantFrom(':-' as const, '-' as const, ':+' as const, '+' as const),
    operand: text.filter((value) => value !== ''),
  }),
);
const expansion: fc.Arbitrary<Word> = fc
  .array(fc.oneof(text, variable), { minLength: 1, maxLength: 4 })
  .map((parts) => createExpansion(parts));
const word = fc.oneof(text, text, expansion);
const isAscii = (value: Word): boolean => /^\p{ASCII}+$/u.test(JSON.stringify(value));
const asciiWord = word.filter(isAscii);
const filled = word.filter((value) => typeof value !== 'string' || value.trim() !== '');

const argv = fc.array(hostileText, { minLength: 1, maxLength: 4 });
const execCommand = argv.map((values): Command => ({ form: 'exec', argv: values }));
/** Text that needs no exec form to be read back as it is. */
const shellCommand = text.map(
  (value): Command => ({ form: 'shell', commands: [`a ${value.replaceAll('<<', '')} z`] }),
);
const script = hostileText.map((value): Command => ({ form: 'script', body: `set -e\n${value}\n` }));
const command = fc.oneof(execCommand, shellCommand);

/** Text that can't be taken for a here-document, which would turn the shell form of a RUN into an array. */
const mountId = fc
  .oneof(
    plain,
    name.map((value): Word => createExpansion([{ kind: 'Variable', name: value }])),
  )
  .filter(isAscii);
const target = plain.map((value) => `/t/${value}`);
const mount: fc.Arbitrary<Mount> = fc.oneof(
  fc.record({ type: fc.constant('cache' as const), target, id: mountId }),
  fc.record({ type: fc.constant('bind' as const), target, source: plain, readOnly: fc.boolean() }),
  fc.record({ type: fc.constant('tmpfs' as const), target, size: fc.constantFrom('1024', '10m') }),
  fc.record({ type: fc.constant('secret' as const), id: plain, required: fc.boolean() }),
  fc.record({ type: fc.constant('ssh' as const), id: plain }),
);

const transfer: fc.Arbitrary<TransferFields> = fc.record(
  {
    sources: fc.array(plain, { minLength: 1, maxLength: 3 }),
    dest: filled,
    chown: asciiWord.filter((value) => value !== ''),
    chmod: fc.constantFrom('0644', 'u=rwX'),
    link: fc.constant(true),
    exclude: fc.array(plain, { minLength: 1, maxLength: 2 }),
  },
  { requiredKeys: ['sources', 'dest'] },
);
const inlineTransfer = fc.record({
  sources: fc.constant([]),
  files: fc.array(fc.record({ data: hostileText.map((value) => `${value}\n`) }), {
    minLength: 1,
    maxLength: 1,
  }),
  dest: target,
});
const pairs = fc.array(fc.tuple(plain, word), { minLength: 1, maxLength: 3 });

/** Instructions that may also stand behind ONBUILD. */
const trigger: fc.Arbitrary<InstructionNode> = fc.oneof(
  pairs.map((list) => createEnv({ pairs: list })),
  pairs.map((list) => createLabel({ pairs: list })),
  fc.record({ name, default: word }).map((declaration) => createArg({ args: [declaration] })),
  fc.constantFrom('A', 'Z').map((only) => createArg({ args: [{ name: only }] })),
  fc.record({ command, mounts: fc.array(mount, { maxLength: 2 }) }).map((init) => createRun(init)),
  command.map((value) => createCmd({ command: value })),
  command.map((value) => createEntrypoint({ command: value })),
  argv.map((values) => createShell({ argv: values })),
  filled.map((user) => createUser({ user })),
  filled.map((path) => createWorkdir({ path })),
  fc
    .array(
      text.filter((value) => value !== ''),
      { minLength: 1, maxLength: 3 },
    )
    .map((paths) => createVolume({ paths })),
  fc
    .array(fc.constantFrom('80', '53/udp', '8000-8002'), { minLength: 1, maxLength: 2 })
    .map((ports) => createExpose({ ports })),
  fc.constantFrom('SIGTERM', '9').map((signal) => createStopSignal({ signal })),
  transfer.map((init) => createCopy(init)),
  transfer.map((init) => createAdd(init)),
  fc
    .record({
      command: execCommand,
      interval: fc.constantFrom('30s', '1m30s'),
      retries: fc.integer({ min: 1, max: 9 }),
    })
    .map((init) => createHealthCheck(init)),
  fc.constant(createHealthCheck({})),
);

const instruction: fc.Arbitrary<InstructionNode> = fc.oneof(
  { weight: 10, arbitrary: trigger },
  { weight: 1, arbitrary: trigger.map((node) => createOnBuild({ trigger: node })) },
  { weight: 1, arbitrary: script.map((value) => createRun({ command: value })) },
  { weight: 1, arbitrary: inlineTransfer.map((init) => createCopy(init)) },
);

const stage = fc.array(instruction, { maxLength: 6 }).map((instructions) => ({ instructions }));

/** Whole files of several stages, later ones built on earlier ones. */
export const generatedDockerfile: fc.Arbitrary<DockerfileNode> = fc
  .record({
    stages: fc.array(stage, { minLength: 1, maxLength: 3 }),
    token: fc.constantFrom('\\' as const, '`' as const),
  })
  .map(({ stages, token }) =>
    createDockerfile({
      directives: token === '\\' ? [] : [{ name: 'escape', value: token }],
      escape: token,
      args: [],
      stages: stages.map(({ instructions }, index) =>
        createStage({
          from: createFrom({
            base:
              index === 0 ? { kind: 'image', image: 'alpine:3' } : { kind: 'name', name: `s${index - 1}` },
            name: `s${index}`,
          }),
          // A trigger is read with a backslash as escape token, so here it could not hold much.
          instructions: instructions.filter(({ kind }) => token === '\\' || kind !== 'OnBuild'),
        }),
      ),
    }),
  );
