import { spawn } from 'node:child_process';
import { commandEnvironment, commandLine } from './run-stagecraft.ts';

export interface TerminalOptions {
  readonly cwd: string;
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: NodeJS.ProcessEnv;
  /** Keys to type, each once what it waits for is on the screen. */
  readonly answers?: readonly { readonly when: RegExp; readonly type: string }[];
}

export interface TerminalRun {
  /** Everything the terminal got, escape sequences included. */
  readonly output: string;
  readonly exitCode: number;
}

/** Runs the command in a pseudo-terminal, which Debian's `script` makes. */
export function runInTerminal(args: readonly string[], options: TerminalOptions): Promise<TerminalRun> {
  const { columns = 80, rows = 24, answers = [] } = options;
  const command = commandLine(args).map((word) => `'${word.replaceAll("'", "'\\''")}'`);
  const line = `stty cols ${columns} rows ${rows}; exec ${command.join(' ')}`;
  const { CI: _, NO_COLOR: __, ...environment } = commandEnvironment();
  const child = spawn('script', ['--quiet', '--return', '--flush', '--command', line, '/dev/null'], {
    cwd: options.cwd,
    env: { ...environment, TERM: 'xterm-256color', SHELL: '/bin/sh', ...options.env },
  });
  let output = '';
  const waiting = [...answers];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    const [next] = waiting;
    if (next === undefined || !next.when.test(output)) return;
    waiting.shift();
    child.stdin.write(next.type);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ output, exitCode: code ?? -1 }));
  });
}
