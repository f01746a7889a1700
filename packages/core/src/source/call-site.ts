import type { Location } from './location.ts';

/** A call site is kept as the unread `Error`: formatting its stack is the slow part, so it waits until asked. */
const callSites = new WeakMap<object, Error>();

/** Enough frames to get out of a preset that is built from mixins. */
const frameLimit = 24;
const errors: ErrorConstructor & { stackTraceLimit?: number } = Error;
const framePattern = /(?:\(|at )((?:file:\/\/)?[^()]+?):(\d+):(\d+)\)?$/u;
const packagesDirectory = packagesOf(import.meta.url);
const installedPackage = /\/@stagecraft\/(?:core|presets)\/|\/node_modules\/jiti\//u;

/** Remembers where the user's code called the fluent method that made `node`, and returns `node`. */
export function rememberCallSite<T extends object>(node: T): T {
  const limit = errors.stackTraceLimit ?? 10;
  errors.stackTraceLimit = frameLimit;
  callSites.set(node, new Error());
  errors.stackTraceLimit = limit;
  return node;
}

/** Gives `copy` the call site that `original` has: for nodes derived from a user's node. */
export function shareCallSite<T extends object>(original: object, copy: T): T {
  const site = callSites.get(original);
  if (site !== undefined) callSites.set(copy, site);
  return copy;
}

/** The TypeScript line that made `node`, or undefined for nodes that came from text or JSON. */
export function callSiteOf(node: object): Location | undefined {
  const site = callSites.get(node);
  return site === undefined ? undefined : placeOfError(site);
}

/**
 * The line of the user's own code that an error comes from: the first of its stack that is neither this library's nor
 * Node's. Undefined where there is none.
 */
export function placeOfError({ stack = '' }: Error): Location | undefined {
  for (const frame of stack.split('\n').slice(1)) {
    if (isCommandFrame(frame)) return undefined;
    const location = parseFrame(frame);
    if (location !== undefined) return location;
  }
  return undefined;
}

/** Below a frame of the command there is nothing of the user. */
function isCommandFrame(frame: string): boolean {
  if (frame.includes('/node_modules/stagecraft/')) return true;
  return frame.includes(`${packagesDirectory}cli/`) && !frame.includes('.test.ts:');
}

function parseFrame(frame: string): Location | undefined {
  const match = framePattern.exec(frame.trim());
  const file = match?.[1]?.replace(/^async /u, '');
  if (file === undefined || file.startsWith('node:') || isOwnFile(file)) return undefined;
  return { file: toPath(file), line: Number(match?.[2]), column: Number(match?.[3]) };
}

function isOwnFile(file: string): boolean {
  const path = toPath(file);
  if (/\.test(?:-d)?\.ts$/u.test(path)) return false;
  const inPackages = ['core', 'presets'].flatMap((name) => [`${name}/src/`, `${name}/dist/`]);
  return (
    installedPackage.test(path) || inPackages.some((folder) => path.startsWith(packagesDirectory + folder))
  );
}

function toPath(file: string): string {
  return file.startsWith('file://') ? decodeURIComponent(new URL(file).pathname) : file;
}

/**
 * The folder that holds the packages: this file is `core/src/source/…` from source and `core/dist/…` when bundled.
 * In a script without modules, as some bundlers write it for browsers, there is no URL.
 */
function packagesOf(url: string | undefined): string {
  return toPath(url ?? '').replace(/core\/(?:src|dist)\/(?:[^/]+\/)*[^/]*$/u, '');
}
