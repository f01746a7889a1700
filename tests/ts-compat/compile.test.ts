import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkshop, type Project, root, type Workshop } from '../consumer/project.ts';
import { calculator, entries } from '../consumer/samples.ts';

const versions: Readonly<Record<string, string>> = {
  'typescript-5.4': '5.4.5',
  'typescript-5.9': '5.9.3',
  'typescript-6.0': '6.0.3',
  'typescript-7.0': '7.0.2',
};

let workshop: Workshop;
let project: Project;

beforeAll(async () => {
  workshop = await openWorkshop();
  project = workshop.project('typescript');
  const { code, output } = await project.run('npm', [
    'install',
    '@stagecraft/core',
    '@stagecraft/presets',
    '@types/node@20.19.43',
  ]);
  if (code !== 0) throw new Error(output);
  const imports = Object.keys(entries).map((entry, index) => `import * as entry${index} from '${entry}';`);
  const uses = Object.keys(entries).map((_, index) => `entry${index}`);
  project.write(
    'main.ts',
    `${imports.join('\n')}\nconst { stage, final, toDockerfile } = entry0;${calculator}
const written: string = text;
export const all: readonly object[] = [${uses.join(', ')}, { written }];
`,
  );
  project.write(
    'wrong.ts',
    `import { final } from '@stagecraft/core';
export const image = final().distroless('static').run('echo hello');
export const other = final().from('debian').expose({});
`,
  );
  for (const [resolution, settings] of Object.entries({
    nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
    bundler: { module: 'esnext', moduleResolution: 'bundler' },
  })) {
    const compilerOptions = { ...settings, target: 'es2022', strict: true, noEmit: true, types: ['node'] };
    project.write(`main.${resolution}.json`, JSON.stringify({ compilerOptions, files: ['main.ts'] }));
    const lax = { ...compilerOptions, skipLibCheck: true };
    project.write(`wrong.${resolution}.json`, JSON.stringify({ compilerOptions: lax, files: ['wrong.ts'] }));
  }
});
afterAll(() => workshop?.close());

describe.each(Object.keys(versions))('%s', (name) => {
  const compile = (configuration: string): ReturnType<Project['run']> => {
    const compiler = join(root, 'tests/ts-compat/node_modules', name, 'bin/tsc');
    return project.run(process.execPath, [compiler, '--pretty', 'false', ...configuration.split(' ')]);
  };

  it('is the version that it says', async () => {
    expect((await compile('--version')).stdout.trim()).toBe(`Version ${versions[name]}`);
  });

  // Without skipLibCheck, so that our declarations are checked too.
  it.each(['nodenext', 'bundler'])('compiles a consumer with %s resolution', async (resolution) => {
    const { code, stdout } = await compile(`-p main.${resolution}.json`);
    expect(stdout).toBe('');
    expect(code).toBe(0);
  });

  it('refuses what the types forbid', async () => {
    const { code, stdout } = await compile('-p wrong.nodenext.json');
    expect(stdout).toMatch(/^wrong\.ts\(2,/mu);
    expect(stdout).toMatch(/^wrong\.ts\(3,/mu);
    expect(code).not.toBe(0);
  });
});
