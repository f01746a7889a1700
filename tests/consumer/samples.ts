/** Every public entry point with some of the names it must have. */
export const entries: Readonly<Record<string, readonly string[]>> = {
  '@stagecraft/core': ['stage', 'final', 'toDockerfile', 'toJSON', 'fromJSON', 'StagecraftError'],
  '@stagecraft/core/build': ['build'],
  '@stagecraft/core/context': ['planContext', 'packContext', 'readIgnore'],
  '@stagecraft/core/engines': ['docker', 'buildkit', 'connect'],
  '@stagecraft/presets': ['runtime'],
};

/** The first example of the README; needs `stage`, `final` and `toDockerfile` in scope. */
export const calculator = `
const builder = stage('builder')
  .from('golang:1.26-trixie')
  .workdir('/src')
  .copy('.', '.')
  .run('CGO_ENABLED=0 go build -trimpath -o /out/app .');
const text = toDockerfile(final().distroless('static').copyFrom(builder, '/out/app', '/app').entrypoint(['/app']));
`;

/** Lines that the text of {@link calculator} must have, in this order. */
export const calculatorLines: readonly string[] = [
  'FROM golang:1.26-trixie AS builder',
  'WORKDIR /src',
  'COPY . .',
  'RUN CGO_ENABLED=0 go build -trimpath -o /out/app .',
  'FROM gcr.io/distroless/static-debian13:nonroot',
  'COPY --from=builder /out/app /app',
  'ENTRYPOINT ["/app"]',
];

/** The instructions of a Dockerfile: its lines without comments and blank ones. */
export function instructionsOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
}

/** An ES module that prints the calculator, and how many names each entry has. */
export const esModule = `
${Object.keys(entries)
  .map((entry, index) => `import * as entry${index} from '${entry}';`)
  .join('\n')}
const { stage, final, toDockerfile } = entry0;
${calculator}
const names = {
${Object.keys(entries)
  .map((entry, index) => `  '${entry}': Object.keys(entry${index}),`)
  .join('\n')}
};
console.log(JSON.stringify({ text, names, node: process.versions.node }));
`;

/** The same as a CommonJS module. */
export const commonModule = `
const { stage, final, toDockerfile } = require('@stagecraft/core');
${calculator}
const names = {};
for (const entry of ${JSON.stringify(Object.keys(entries))}) names[entry] = Object.keys(require(entry));
console.log(JSON.stringify({ text, names, node: process.versions.node }));
`;
