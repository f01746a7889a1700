import type { Language, Runtime } from './runtime.ts';

/** A program to start in a runtime. */
export interface Program {
  /** What runs it; `none` for a binary. */
  readonly language?: Language;
  /** The binary, script or jar; `java` gets `-jar` in front of it. */
  readonly program: string;
  /** Flags of the interpreter, before the program. */
  readonly flags?: readonly string[];
  readonly args?: readonly string[];
}

/** ENTRYPOINT and CMD that start a program; `entrypoint` is absent where the image's own one is right. */
export interface Launch {
  readonly entrypoint?: readonly string[];
  readonly cmd: readonly string[];
}

/**
 * How to start a program in a runtime, so that the interpreter is there once: not twice, not never.
 *
 * @example
 * launch(distroless('nodejs24'), { language: 'node', program: 'dist/index.js' })
 * // { cmd: ['dist/index.js'] }: the image's ENTRYPOINT is node
 * launch(slim('node:24-trixie-slim', { language: 'node' }), { language: 'node', program: 'dist/index.js' })
 * // { entrypoint: ['node'], cmd: ['dist/index.js'] }
 */
export function launch(
  runtime: Runtime,
  { language = 'none', program, flags = [], args = [] }: Program,
): Launch {
  if (language === 'none') return { entrypoint: [program, ...flags], cmd: args };
  const interpreter = runtime.interpreter ?? (language === 'python' ? 'python3' : language);
  const target = language === 'java' ? ['-jar', program] : [program];
  const own = runtime.entrypoint ?? [];
  const startsIt = own[0] !== undefined && own[0] === runtime.interpreter;
  if (startsIt && flags.length === 0) return { cmd: [...target.slice(own.length - 1), ...args] };
  return { entrypoint: [interpreter, ...flags, ...target.slice(0, -1)], cmd: [program, ...args] };
}
