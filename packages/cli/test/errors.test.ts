import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { newDirectory, runStagecraft } from './run-stagecraft.ts';

const directory = newDirectory();
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const files = {
  'image.ts': `import { final } from '@stagecraft/core';

export default final().from('alpine:3.22').copy('app', '/app').user('1000:1000').cmd(['/app']);
`,
  'syntax.ts': `import { final } from '@stagecraft/core';

export default final().from('alpine:3.22'.cmd(['/app']);
`,
  'wrong.ts': `import { final } from '@stagecraft/core';

export default final()
  .from('alpine:3.22')
  .expose(70000);
`,
  'throws.ts': `export default () => {
  throw new Error('no such region');
};
`,
  'empty.ts': 'export const port = 8080;\n',
  'several.ts': `import { final } from '@stagecraft/core';

export const api = final().from('alpine:3.22');
export const web = final().from('alpine:3.22');
`,
  'secret.ts': `import { final, mount } from '@stagecraft/core';

export default final()
  .from('alpine:3.22')
  .run('make', { mounts: [mount.secret('token')] });
`,
  'preset.ts': `import { go, memoryFiles } from '@stagecraft/presets';

export default go({ files: memoryFiles({}) }).final;
`,
  Dockerfile: 'FROM alpine:3.22\nCOPY app /app\nUSER 0\nCMD ["/app"]\n',
  Broken: 'FROM alpine:3.22\nRUN make\nCOPPY a b\n',
};
for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);

test.each([
  ['no-file', ['render', 'imgae.ts']],
  ['syntax', ['render', 'syntax.ts']],
  ['wrong-value', ['render', 'wrong.ts']],
  ['throws', ['render', 'throws.ts']],
  ['no-stage', ['render', 'empty.ts']],
  ['several-images', ['render', 'several.ts']],
  ['unknown-target', ['render', 'several.ts', '--target', 'aip']],
  ['unknown-option', ['build', '--tags', 'a']],
  ['wrong-choice', ['build', '--progress', 'fancy']],
  ['no-profile', ['render', 'secret.ts', '--profile', 'classic']],
  ['no-project', ['render', 'preset.ts']],
  ['drift', ['check', 'image.ts']],
  ['findings', ['lint', 'Dockerfile']],
  ['broken-dockerfile', ['lint', 'Broken']],
  ['import-broken', ['import', 'Broken']],
  ['no-engine', ['build', '--engine', 'unix:///nowhere/docker.sock']],
  ['bad-engine', ['build', '--engine', 'carrier+pigeon://x']],
  ['bad-flag', ['build', '--cache-to', 'type=nowhere']],
])('%s', async (name, args) => {
  const { code, stdout, stderr } = await runStagecraft(directory, args);
  const text = `$ stagecraft ${args.join(' ')}\n${stdout}${stderr}exit code ${code}\n`;
  // The stack of somebody else's error names the loader's files.
  const shown = text.replaceAll(directory, '.').replaceAll(/^ {4}at .*\n/gmu, '');
  await expect(shown).toMatchFileSnapshot(join(import.meta.dirname, 'golden', `error-${name}.txt`));
});
