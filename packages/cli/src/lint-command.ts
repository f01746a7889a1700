import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import {
  type DockerfileNode,
  definePolicy,
  type Finding,
  fixDockerfile,
  formatFindings,
  type LintFormat,
  type LintOptions,
  type LintPolicy,
  type LintResult,
  lint,
  parseDockerfile,
  type Severity,
  StagecraftError,
  toDockerfile,
} from '@stagecraft/core';
import { readIgnore } from '@stagecraft/core/context';
import { loadImages } from './load-images.ts';
import { loadPolicy } from './load-policy.ts';

export interface LintCommandOptions {
  readonly format: LintFormat;
  readonly json?: boolean;
  readonly fix?: boolean;
  readonly failOn: Severity;
  readonly off: readonly string[];
  /** A policy, or the module that exports one. */
  readonly policy?: string | LintPolicy;
}

export interface LintOutcome {
  readonly text: string;
  readonly failed: boolean;
}

const ranks: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/** Lints Dockerfiles and files that export images; Dockerfiles are mended in place with `fix`. */
export async function runLint(files: readonly string[], options: LintCommandOptions): Promise<LintOutcome> {
  const sources: Record<string, string> = {};
  const { policy: given = {} } = options;
  const policy = typeof given === 'string' ? await loadPolicy(given) : definePolicy(given);
  const results: LintResult[] = [];
  for (const file of files) {
    const found = /\.[cm]?[jt]s$/u.test(file)
      ? await lintImages(file, options, policy)
      : [lintFile(file, options, policy, sources)];
    results.push(...found);
  }
  // Images that share a stage share what is wrong with it.
  const said = results.flatMap((result) => result.findings.map(fromHere));
  const findings = [...new Map(said.map((finding) => [JSON.stringify(finding), finding])).values()];
  for (const { where } of findings) readSource(where?.file, sources);
  const problem = results.find((result) => result.problem !== undefined)?.problem;
  const text = formatFindings(
    { findings, ...(problem === undefined ? {} : { problem }) },
    options.json === true ? 'json' : options.format,
    { sources },
  );
  const worst = Math.max(-1, ...findings.map(({ severity }) => ranks[severity]));
  return { text, failed: problem !== undefined || worst >= ranks[options.failOn] };
}

async function lintImages(
  file: string,
  { fix, off }: LintCommandOptions,
  policy: LintPolicy,
): Promise<readonly LintResult[]> {
  if (fix === true) {
    throw new StagecraftError('config-rejected', `"${file}" is a program: it can't be mended by itself.`, {
      hint: 'Give --fix to Dockerfiles only.',
    });
  }
  const images = await loadImages(file);
  return [...images.values()].map((image) => lint(image, lintOptions(undefined, off, policy)));
}

function lintFile(
  file: string,
  { fix, off }: LintCommandOptions,
  policy: LintPolicy,
  sources: Record<string, string>,
): LintResult {
  const text = readSource(file, sources);
  if (text === undefined) {
    throw new StagecraftError('config-rejected', `"${file}" can't be read.`, {
      hint: 'Name a Dockerfile, or a file that exports an image.',
    });
  }
  const dockerfile = parseDockerfile(text, { file });
  const options = lintOptions(file, off, policy);
  const result = lint(dockerfile, options);
  return fix === true ? mend(file, dockerfile, result, options, sources) : result;
}

function mend(
  file: string,
  dockerfile: DockerfileNode,
  result: LintResult,
  options: LintOptions,
  sources: Record<string, string>,
): LintResult {
  if (result.findings.every(({ fix }) => fix === undefined)) return result;
  const text = toDockerfile(fixDockerfile(dockerfile, result.findings), { keepText: true });
  writeFileSync(file, text);
  sources[file] = text;
  return lint(parseDockerfile(text, { file }), options);
}

/** The ignore file beside a Dockerfile says what CopyIgnoredFile checks against. */
function lintOptions(file: string | undefined, off: readonly string[], policy: LintPolicy): LintOptions {
  const directory = file === undefined ? '.' : dirname(file);
  const hasIgnore = file !== undefined && existsSync(join(directory, '.dockerignore'));
  return {
    policy,
    rules: Object.fromEntries(off.map((name) => [name, 'off' as const])),
    ...(hasIgnore ? { ignore: readIgnore({ directory, dockerfile: file }) } : {}),
  };
}

function readSource(file: string | undefined, sources: Record<string, string>): string | undefined {
  if (file === undefined) return undefined;
  if (sources[file] === undefined && existsSync(file)) sources[file] = readFileSync(file, 'utf8');
  return sources[file];
}

/** Call sites are absolute; people and annotations want them relative. */
function fromHere(finding: Finding): Finding {
  const { where } = finding;
  if (where?.file === undefined || !where.file.startsWith('/')) return finding;
  const file = relative(process.cwd(), where.file);
  return { ...finding, where: { ...where, file } };
}
