// Needs base images: golang:1.26-trixie, gcr.io/distroless/static-debian13:nonroot, node:24-trixie-slim, gcr.io/distroless/nodejs24-debian13:nonroot, python:3.13-slim-trixie, gcr.io/distroless/python3-debian13:nonroot
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { ensureBases } from '../../../scripts/bases.mjs';
import { newDirectory, runStagecraft } from './run-stagecraft.ts';

const run = promisify(execFile);
const lock = { name: 'hello', version: '1.0.0', lockfileVersion: 3, packages: { '': { name: 'hello' } } };
const projects = {
  go: {
    'go.mod': 'module hello\n\ngo 1.24\n',
    'main.go': 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("hello") }\n',
  },
  node: {
    'package.json': '{ "name": "hello", "version": "1.0.0", "main": "index.js" }',
    'package-lock.json': JSON.stringify(lock),
    'index.js': "console.log('hello');\n",
  },
  python: { 'requirements.txt': '', 'main.py': "print('hello')\n" },
} as const;

beforeAll(async () => {
  await ensureBases([
    'golang:1.26-trixie',
    'gcr.io/distroless/static-debian13:nonroot',
    'node:24-trixie-slim',
    'gcr.io/distroless/nodejs24-debian13:nonroot',
    'python:3.13-slim-trixie',
    'gcr.io/distroless/python3-debian13:nonroot',
  ]);
});

test.each(Object.entries(projects))(
  'a new %s project goes from init to a running image, and back',
  async (language, files) => {
    const directory = newDirectory();
    const tag = `stagecraft-transcript-${randomBytes(4).toString('hex')}:1`;
    const stagecraft = async (code: number, ...args: readonly string[]): Promise<string> => {
      const result = await runStagecraft(directory, args);
      expect(result.code, `${args.join(' ')}\n${result.stderr}`).toBe(code);
      return result.stdout + result.stderr;
    };
    try {
      for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
      expect(await stagecraft(0, 'init')).toContain(`Wrote "image.ts" (${language}`);
      await stagecraft(0, 'render', '-o', 'Dockerfile');
      await stagecraft(0, 'lint', 'image.ts', 'Dockerfile');
      await stagecraft(0, 'check');
      await stagecraft(0, 'build', '--tag', tag, '--iidfile', 'id');
      expect(readFileSync(join(directory, 'id'), 'utf8')).toMatch(/^sha256:[0-9a-f]{64}$/u);
      expect((await run('docker', ['run', '--rm', '--network', 'none', tag])).stdout).toBe('hello\n');

      const dockerfile = join(directory, 'Dockerfile');
      writeFileSync(dockerfile, `${readFileSync(dockerfile, 'utf8')}LABEL by=hand\n`);
      expect(await stagecraft(1, 'check')).toContain('\n-LABEL by=hand\n');
      await stagecraft(0, 'import', '-o', 'imported.ts');
      expect(await stagecraft(0, 'render', 'imported.ts')).toContain('LABEL by=hand\n');
    } finally {
      await run('docker', ['rmi', '--force', tag]).catch(() => undefined);
      rmSync(directory, { recursive: true, force: true });
    }
  },
);
