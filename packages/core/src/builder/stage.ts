import { createAdd } from '../ast/add.ts';
import { createArg } from '../ast/arg.ts';
import { check, checkOptions, numberText } from '../ast/check.ts';
import { createCmd } from '../ast/cmd.ts';
import type { ShellText } from '../ast/command.ts';
import { createCopy } from '../ast/copy.ts';
import { createEntrypoint } from '../ast/entrypoint.ts';
import { createEnv } from '../ast/env.ts';
import { createExpose } from '../ast/expose.ts';
import type { FromNode } from '../ast/from.ts';
import { createHealthCheck } from '../ast/health-check.ts';
import type { InstructionNode } from '../ast/index.ts';
import { createLabel } from '../ast/label.ts';
import { createMaintainer } from '../ast/maintainer.ts';
import { createOnBuild } from '../ast/on-build.ts';
import { createRaw } from '../ast/raw.ts';
import { createRun } from '../ast/run.ts';
import { createShell } from '../ast/shell.ts';
import { createStage, type StageNode } from '../ast/stage.ts';
import { createStopSignal } from '../ast/stop-signal.ts';
import { createUser } from '../ast/user.ts';
import { createVolume } from '../ast/volume.ts';
import type { VariableReference, Word } from '../ast/word.ts';
import { createWorkdir } from '../ast/workdir.ts';
import { StagecraftError } from '../errors/stagecraft-error.ts';
import type { StageSource } from '../graph/stage-source.ts';
import { rememberCallSite, shareCallSite } from '../source/call-site.ts';
import { freeze, freezeList } from '../util/freeze.ts';
import { withCallSite } from './call-site-errors.ts';
import { splitRunArguments, toCommand, toRunCommand } from './command.ts';
import {
  type AddOptions,
  addShape,
  type CopyOptions,
  copyShape,
  type HealthCheckOptions,
  healthCheckShape,
  type RunOptions,
  type TransferSource,
} from './options.ts';
import { type CopySource, toOrigin } from './references.ts';
import type { IfShell, ShellCapability } from './shell-capability.ts';
import type { Script } from './shell-text.ts';
import { transferFields } from './transfer.ts';
import { argDeclaration, pairsOf, toPort } from './values.ts';

/** What a stage holds: its FROM and a list that shares its beginning with the stages it was made from. */
export interface StageState {
  readonly from: FromNode;
  readonly shell: boolean;
  readonly last: Link | undefined;
  /** Comments for the next instruction. */
  readonly comments: readonly string[];
}

/** One instruction and those before it. */
export interface Link {
  readonly node: InstructionNode;
  readonly previous: Link | undefined;
}

/**
 * A build stage. Every call returns a new stage; the one it was called on stays as it was.
 *
 * `C` says whether the stage has a shell, and so whether shell-form commands compile.
 * @see https://docs.docker.com/reference/dockerfile/
 */
export class Stage<C extends ShellCapability = ShellCapability> implements StageSource {
  readonly #state: StageState;
  #node: StageNode | undefined;

  /** Use `stage(name).from(…)` or `final().from(…)`. */
  constructor(state: StageState, node?: StageNode) {
    this.#state = state;
    this.#node = node;
  }

  /**
   * Runs commands and keeps what they changed. Text is shell form, several texts are joined with `&&`, an array is exec form.
   * @see https://docs.docker.com/reference/dockerfile/#run
   * @example
   * .run('apt-get update', 'apt-get install -y curl')
   * // RUN apt-get update \
   * //     && apt-get install -y curl
   */
  run(...args: readonly (IfShell<C, ShellText | Script> | readonly string[] | RunOptions)[]): Stage<C> {
    return this.#append(() => {
      const { forms, options } = splitRunArguments(args);
      return createRun({ command: toRunCommand(forms, this.#state.shell), ...options });
    });
  }

  /**
   * Copies files of the build context, or files written in place with `inline`.
   * Several sources, or a pattern, get a destination that ends in `/`.
   * @see https://docs.docker.com/reference/dockerfile/#copy
   * @example
   * .copy(['package.json', 'package-lock.json'], '.')
   * // COPY package.json package-lock.json ./
   */
  copy(sources: TransferSource | readonly TransferSource[], dest: Word, options: CopyOptions = {}): Stage<C> {
    return this.#append(() => {
      checkOptions('copy', options, copyShape);
      return createCopy({ ...transferFields('COPY', sources, dest, options), ...parents(options) });
    });
  }

  /**
   * Copies files out of another stage, an `image(…)` or a `context(…)`.
   * @see https://docs.docker.com/reference/dockerfile/#copy---from
   * @example
   * .copyFrom(builder, '/out/app', '/app')
   * // COPY --from=builder /out/app /app
   */
  copyFrom(
    origin: CopySource,
    sources: string | VariablePath | readonly (string | VariablePath)[],
    dest: Word,
    options: CopyOptions = {},
  ): Stage<C> {
    return this.#append(() => {
      checkOptions('copyFrom', options, copyShape);
      const from = toOrigin(origin);
      const fields = transferFields('COPY', sources, dest, options);
      return createCopy({ ...fields, ...parents(options), ...(from === undefined ? {} : { from }) });
    });
  }

  /**
   * Adds files of the build context, archives (unpacked), URLs and git repositories. Prefer `copy` for plain files.
   * @see https://docs.docker.com/reference/dockerfile/#add
   * @example
   * .add('https://example.com/tool.tar.gz', '/opt/', { checksum: 'sha256:24…' })
   * // ADD --checksum=sha256:24… https://example.com/tool.tar.gz /opt/
   */
  add(sources: TransferSource | readonly TransferSource[], dest: Word, options: AddOptions = {}): Stage<C> {
    return this.#append(() => {
      const { checksum, keepGitDir, unpack } = checkOptions('add', options, addShape);
      return createAdd({
        ...transferFields('ADD', sources, dest, options),
        ...(checksum === undefined ? {} : { checksum }),
        ...(keepGitDir === undefined ? {} : { keepGitDir }),
        ...(unpack === undefined ? {} : { unpack }),
      });
    });
  }

  /**
   * Sets environment variables, for the build and for the container. Values are literal; `expand` puts variables in.
   * @see https://docs.docker.com/reference/dockerfile/#env
   * @example
   * .env('NODE_ENV', 'production')
   * // ENV NODE_ENV=production
   */
  env(key: string, value: Word | number): Stage<C>;
  env(pairs: Readonly<Record<string, Word | number>>): Stage<C>;
  env(key: string | Readonly<Record<string, Word | number>>, value?: Word | number): Stage<C> {
    return this.#append(() => createEnv({ pairs: pairsOf('ENV', key, value) }));
  }

  /**
   * Declares a build argument here. Arguments used through `expand` are declared without this.
   * @see https://docs.docker.com/reference/dockerfile/#arg
   * @example
   * .arg('COMMIT', 'unknown')
   * // ARG COMMIT=unknown
   */
  arg(argument: string | VariableReference, defaultValue?: Word): Stage<C> {
    return this.#append(() => createArg({ args: [argDeclaration(argument, defaultValue)] }));
  }

  /** Sets the working directory and creates it. @see https://docs.docker.com/reference/dockerfile/#workdir */
  workdir(path: Word): Stage<C> {
    return this.#append(() => createWorkdir({ path: check('The path of WORKDIR', path, 'word') }));
  }

  /** Sets the user for what follows and for the container: `65532`, `'app'`, `'65532:65532'`. @see https://docs.docker.com/reference/dockerfile/#user */
  user(user: Word | number): Stage<C> {
    return this.#append(() => createUser({ user: numberText(check('The user of USER', user, 'id')) }));
  }

  /** Documents ports the container listens on: `8080`, `'53/udp'`, `'8000-8010'`. @see https://docs.docker.com/reference/dockerfile/#expose */
  expose(...ports: readonly (Word | number)[]): Stage<C> {
    return this.#append(() => createExpose({ ports: ports.map(toPort) }));
  }

  /** Marks paths that hold data of the container's own. @see https://docs.docker.com/reference/dockerfile/#volume */
  volume(...paths: readonly Word[]): Stage<C> {
    return this.#append(() =>
      createVolume({ paths: paths.map((path) => check('A path of VOLUME', path, 'word')) }),
    );
  }

  /**
   * Adds metadata to the image.
   * @see https://docs.docker.com/reference/dockerfile/#label
   * @example
   * .label({ 'org.opencontainers.image.source': 'https://example.com/repo' })
   * // LABEL org.opencontainers.image.source=https://example.com/repo
   */
  label(key: string, value: Word | number): Stage<C>;
  label(pairs: Readonly<Record<string, Word | number>>): Stage<C>;
  label(key: string | Readonly<Record<string, Word | number>>, value?: Word | number): Stage<C> {
    return this.#append(() => createLabel({ pairs: pairsOf('LABEL', key, value) }));
  }

  /** The default arguments of the container. Prefer an array: text runs under a shell that swallows signals. @see https://docs.docker.com/reference/dockerfile/#cmd */
  cmd(command: IfShell<C, ShellText> | readonly string[]): Stage<C> {
    return this.#append(() => createCmd({ command: toCommand('CMD', command, this.#state.shell) }));
  }

  /** The program of the container. Prefer an array: text runs under a shell that swallows signals. @see https://docs.docker.com/reference/dockerfile/#entrypoint */
  entrypoint(command: IfShell<C, ShellText> | readonly string[]): Stage<C> {
    return this.#append(() =>
      createEntrypoint({ command: toCommand('ENTRYPOINT', command, this.#state.shell) }),
    );
  }

  /**
   * How the engine finds out that the container still works; `false` switches the base image's check off.
   * @see https://docs.docker.com/reference/dockerfile/#healthcheck
   * @example
   * .healthcheck(['/app', '--health'], { interval: '10s' })
   * // HEALTHCHECK --interval=10s CMD ["/app", "--health"]
   */
  healthcheck(
    command: IfShell<C, ShellText> | readonly string[] | false,
    options: HealthCheckOptions = {},
  ): Stage<C> {
    return this.#append(() =>
      createHealthCheck(
        command === false
          ? {}
          : {
              command: toCommand('HEALTHCHECK', command, this.#state.shell),
              ...checkOptions('healthcheck', options, healthCheckShape),
            },
      ),
    );
  }

  /** The shell for shell-form commands that follow. Gives a shell-less stage the capability. @see https://docs.docker.com/reference/dockerfile/#shell */
  shell(argv: readonly string[]): Stage<'shell'> {
    const next = this.#append(() => createShell({ argv: check('The command of SHELL', argv, 'texts') }));
    return new Stage<'shell'>({ ...next.#state, shell: true });
  }

  /** The signal that stops the container, such as `'SIGTERM'` or `15`. @see https://docs.docker.com/reference/dockerfile/#stopsignal */
  stopSignal(signal: Word | number): Stage<C> {
    return this.#append(() =>
      createStopSignal({ signal: numberText(check('The signal of STOPSIGNAL', signal, 'id')) }),
    );
  }

  /**
   * Instructions that run when another image starts from this one.
   * @see https://docs.docker.com/reference/dockerfile/#onbuild
   * @example
   * .onBuild((trigger) => trigger.copy('.', '/app'))
   * // ONBUILD COPY . /app
   */
  onBuild(define: (trigger: Stage<C>) => Stage): Stage<C> {
    const start = new Stage<C>({ ...this.#state, last: undefined, comments: [] });
    const triggers = applied('onBuild', define, start).toNode().instructions;
    return triggers.reduce<Stage<C>>(
      (stage, trigger) => stage.#append(() => createOnBuild({ trigger })),
      this,
    );
  }

  /** @deprecated Use `.label({ 'org.opencontainers.image.authors': … })`. */
  maintainer(name: string): Stage<C> {
    return this.#append(() => createMaintainer({ name: check('The name of MAINTAINER', name, 'text') }));
  }

  /** An instruction the library does not know, printed as it is. @see {@link raw} */
  raw(text: string): Stage<C> {
    return this.#append(() => createRaw({ text: check('The text of raw', text, 'text') }));
  }

  /** A comment above the next instruction; a line break starts another comment line. */
  comment(text: string): Stage<C> {
    return new Stage({
      ...this.#state,
      comments: freezeList([
        ...this.#state.comments,
        ...withCallSite(() => check('A comment', text, 'text')).split('\n'),
      ]),
    });
  }

  /**
   * Lets the last instruction (or FROM) break a lint rule. The reason is required and shows in reports.
   * @example
   * final().from('alpine').allow('no-untagged-base', 'the mirror serves one version only')
   */
  allow(rule: string, reason: string): Stage<C> {
    const { last, from } = this.#state;
    const allow = freezeList([...((last?.node ?? from).allow ?? []), freeze({ rule, reason })]);
    if (last === undefined)
      return new Stage({ ...this.#state, from: shareCallSite(from, freeze({ ...from, allow })) });
    const node: InstructionNode = shareCallSite(last.node, freeze({ ...last.node, allow }));
    return new Stage({ ...this.#state, last: { node, previous: last.previous } });
  }

  /**
   * Applies a preset or a mixin: any function from stage to stage.
   * @example
   * const quiet = <C extends ShellCapability>(stage: Stage<C>) => stage.env('CI', 'true');
   * stage('build').from('node:24').with(quiet)
   */
  with<D extends ShellCapability>(apply: (stage: Stage<C>) => Stage<D>): Stage<D> {
    return applied('with', apply, this);
  }

  /** Whether shell-form commands can run in the stage: `C`, at run time. */
  get hasShell(): boolean {
    return this.#state.shell;
  }

  /** The stage as frozen plain data. The same object each time, so that stages can be told apart. */
  toNode(): StageNode {
    this.#node ??= createStage({ from: this.#state.from, instructions: instructionsOf(this.#state.last) });
    return this.#node;
  }

  #append(create: () => InstructionNode): Stage<C> {
    const created = withCallSite(create);
    const { comments } = this.#state;
    const node = rememberCallSite(comments.length === 0 ? created : freeze({ ...created, comments }));
    return new Stage({ ...this.#state, comments: [], last: { node, previous: this.#state.last } });
  }
}

/** What `apply` makes of `stage`; throws `invalid-value` when that is no stage, most often for a missing `return`. */
function applied<S extends StageSource, R extends StageSource>(
  call: string,
  apply: (stage: S) => R,
  stage: S,
): R {
  return withCallSite(() => {
    const result: unknown = check(`The argument of ${call}`, apply, 'function')(stage);
    if (typeof result === 'object' && result !== null && 'toNode' in result) return result as R;
    throw new StagecraftError('invalid-value', `The function given to ${call} returned no stage.`, {
      hint: 'Return what the last call in it returns.',
    });
  });
}

type VariablePath = Extract<TransferSource, { kind: 'Expansion' }>;

function parents(options: CopyOptions): { readonly parents?: boolean } {
  return options.parents === undefined ? {} : { parents: options.parents };
}

function instructionsOf(last: Link | undefined): readonly InstructionNode[] {
  const nodes: InstructionNode[] = [];
  for (let link = last; link !== undefined; link = link.previous) nodes.push(link.node);
  return nodes.reverse();
}

/** The list behind a stage that already has instructions. */
export function linksOf(instructions: readonly InstructionNode[]): Link | undefined {
  return instructions.reduce<Link | undefined>((previous, node) => ({ node, previous }), undefined);
}
