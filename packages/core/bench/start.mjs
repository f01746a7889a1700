// What a script pays before its first Dockerfile: the process that imports and renders, against a bare Node.
import { fileURLToPath } from 'node:url';
import { hold, medianProcessMs } from './support/measure.mjs';

const render = `
import { final, stage, toDockerfile } from '@stagecraft/core';
const builder = stage('builder').from('golang:1.26-trixie').workdir('/src').copy('.', '.').run('go build -o /out/app .');
const text = toDockerfile(final().distroless('static').copyFrom(builder, '/out/app', '/app').entrypoint(['/app']));
if (!text.includes('COPY --from=builder')) throw new Error(text);
`;
const loaded = `
import module from 'node:module';
${render}
const names = process.moduleLoadList.join(' ');
for (const name of ['net', 'http', 'http2', 'child_process']) {
  if (names.includes(\`NativeModule \${name} \`)) throw new Error(\`node:\${name} was loaded\`);
}
`;
const cwd = fileURLToPath(new URL('..', import.meta.url));
const asModule = (/** @type {string} */ source) => ['--input-type=module', '--eval', source];

const [bare = 0, rendering = 0] = medianProcessMs([['--eval', '0'], asModule(render)], { cwd });
console.log(`node -e 0            ${bare.toFixed(1)} ms`);
console.log(`import and render    ${rendering.toFixed(1)} ms`);
hold('import and render, compared with a bare process', rendering / bare, { atMost: 1.5 });

const [check = 0] = medianProcessMs([asModule(loaded)], { cwd, runs: 1 });
console.log(`ok     no network or engine module is loaded (${check.toFixed(1)} ms)`);
