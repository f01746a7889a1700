// Reading and printing a large Dockerfile, against dockerfile-ast, which only reads: it finds the instructions at once,
// and reads flags, arguments, pairs and here-documents when they are asked for. A parsed file of ours holds all of that.
import { parseDockerfile, toDockerfile } from '@stagecraft/core';
import { DockerfileParser } from 'dockerfile-ast';
import { hold, mediansInTurns } from './support/measure.mjs';

const kinds = [
  'RUN apt-get update && \\\n    apt-get install -y curl && \\\n    rm -rf /var/lib/apt/lists/*',
  'COPY --chown=1000:1000 ["a file.txt", "other.txt", "/srv/"]',
  'ENV NAME=value OTHER="two words" PATH=/opt/bin:$PATH',
  'LABEL org.example.title="A title" org.example.version=1.2.3',
  'WORKDIR /srv/app',
  '# A comment between instructions.',
  'RUN <<EOF\nset -e\necho one\necho two\nEOF',
  'EXPOSE 80/tcp 443',
];
const instructions = 1_000;
const lines = ['FROM debian:trixie-slim AS base'];
for (let index = 1; index < instructions; index += 1) lines.push(kinds[index % kinds.length] ?? '');
const text = `${lines.join('\n')}\n`;

const details = ['getArguments', 'getFlags', 'getJSONStrings', 'getHeredocs', 'getProperties'];

/** @param {string} source */
function readAll(source) {
  for (const instruction of DockerfileParser.parse(source).getInstructions()) {
    const reader = /** @type {Record<string, (() => unknown) | undefined>} */ (
      /** @type {unknown} */ (instruction)
    );
    for (const detail of details) reader[detail]?.();
  }
}

const [parse = 0, ours = 0, found = 0, read = 0] = mediansInTurns([
  () => parseDockerfile(text),
  () => toDockerfile(parseDockerfile(text)),
  () => DockerfileParser.parse(text).getInstructions(),
  () => readAll(text),
]);
console.log(
  `${instructions.toLocaleString('en')} instructions, ${text.length.toLocaleString('en')} characters`,
);
console.log(`parse                                   ${parse.toFixed(0)} µs`);
console.log(`parse and print                         ${ours.toFixed(0)} µs`);
console.log(`dockerfile-ast, instructions found      ${found.toFixed(0)} µs`);
console.log(`dockerfile-ast, instructions read       ${read.toFixed(0)} µs`);
hold('parse and print, times faster than dockerfile-ast reads', read / ours, { atLeast: 5 });
hold('parse and print, times faster than dockerfile-ast finds', found / ours, { atLeast: 3 });
