// Reading and printing a large Dockerfile, against dockerfile-ast, which only reads.
import { parseDockerfile, toDockerfile } from '@stagecraft/core';
import { DockerfileParser } from 'dockerfile-ast';
import { hold, medianMicroseconds } from './support/measure.mjs';

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

const ours = medianMicroseconds(() => toDockerfile(parseDockerfile(text)));
const parseOnly = medianMicroseconds(() => parseDockerfile(text));
const theirs = medianMicroseconds(() => DockerfileParser.parse(text).getInstructions());
console.log(
  `${instructions.toLocaleString('en')} instructions, ${text.length.toLocaleString('en')} characters`,
);
console.log(`parse               ${parseOnly.toFixed(0)} µs`);
console.log(`parse and print     ${ours.toFixed(0)} µs`);
console.log(`dockerfile-ast      ${theirs.toFixed(0)} µs (parse only)`);
hold('parse and print, times faster than dockerfile-ast', theirs / ours, { atLeast: 5 });
