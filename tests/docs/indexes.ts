import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createProgram } from '../../packages/cli/src/program.ts';
import { type Feature, isSupported } from '../../packages/core/src/profile/feature.ts';
import { features } from '../../packages/core/src/profile/features.ts';
import { root, textOf } from './snippets.ts';

const commandsHead = `# Commands

\`npx stagecraft <command>\`. A file may export one stage, several by name (choose with \`--target\`), or a function that gives either, also later. Results go to stdout, everything else to stderr.

| Exit code | |
| --- | --- |
| 0 | It worked |
| 1 | The build failed, the committed Dockerfile is not current, or lint found something |
| 2 | Wrong use, or something in the image file is wrong; see the [errors](errors.md) |
| 130 | Stopped by Ctrl-C; the engine's work was stopped too |
`;
const rulesHead = `# Lint rules

\`stagecraft lint\` looks at images and at Dockerfiles. A finding names its rule; its page shows what is found, why, and how to write it instead. Silence one with \`--off <rule>\`.
`;

const profilesHead = `# Profiles and features

What the Dockerfile language gained, and who understands it. \`toDockerfile\`, \`lint\` and the engines read this table too.

| Profile | Engines |
| --- | --- |
| \`modern\` (default) | Docker Engine 23 and newer, and BuildKit itself. Newer syntax is fetched with a \`# syntax=docker/dockerfile:1.x\` line, which is written for the lowest version that has everything the file uses, and only then |
| \`buildkit\` | The BuildKit in Docker Engine 20.10, which reads frontend 1.2; nothing is fetched |
| \`classic\` | The builder without BuildKit: old engines, Podman's Docker API, sockets behind a proxy |

What a profile lacks is refused with [unsupported-feature](errors.md#unsupported-feature) at the line that asked for it, unless the same can be said in another way.

| Feature | Written as | Frontend | \`modern\` | \`buildkit\` | \`classic\` |
| --- | --- | --- | --- | --- | --- |
`;

const configText = `Defaults for a project stand in \`stagecraft.config.ts\` in the working directory, under the names of the options; what is given on the command line wins:

\`\`\`ts
import { defineConfig } from 'stagecraft';

export default defineConfig({
  file: 'deploy/image.ts',
  profile: 'buildkit',
  build: { tag: ['calc:dev'], secret: ['id=npmrc,src=.npmrc'] },
  lint: { failOn: 'error', off: ['healthcheck-missing'] },
});
\`\`\`
`;

type Command = ReturnType<typeof createProgram>['commands'][number];

/** The page of the commands, from the command's own help. */
export function commandsPage(): string {
  const program = createProgram();
  const everywhere = `\n## Every command\n\n${optionTable(program)}\nThey may stand before the command or behind it: \`stagecraft --cwd services/api build\`. ${configText}`;
  return commandsHead + everywhere + program.commands.map(commandSection).join('');
}

/** The index of the lint rules, from their pages. */
export function rulesPage(): string {
  const pages = readdirSync(join(root, 'docs/rules')).filter((name) => name !== 'index.md');
  const rules = pages.sort().map((page) => page.replace(/\.md$/u, ''));
  const isOurs = (rule: string): boolean => /^[a-z]/u.test(rule);
  const table = (title: string, names: readonly string[]): string =>
    `\n## ${title}\n\n| Rule | Why |\n| --- | --- |\n${names.map((rule) => `| [${rule}](${rule}.md) | ${why(rule)} |\n`).join('')}`;
  return (
    rulesHead +
    table(
      'Those of BuildKit',
      rules.filter((rule) => !isOurs(rule)),
    ) +
    table('Our own', rules.filter(isOurs))
  );
}

/** The features of the language and the profiles that have them, from the table that the printer reads. */
export function profilesPage(): string {
  const rows = features.map((feature) => {
    const version = `${feature.since}${feature.labs === true ? ' (labs)' : ''}`;
    const cells = [feature.name, `\`${cell(feature.syntax)}\``, version, ...profiles.map(verdict(feature))];
    return `| ${cells.join(' | ')} |\n`;
  });
  return profilesHead + rows.join('');
}

const profiles = ['modern', 'buildkit', 'classic'] as const;

function verdict(feature: Feature): (profile: (typeof profiles)[number]) => string {
  return (profile) => {
    if (isSupported(feature, profile)) return 'yes';
    return feature.lowered === true ? 'said in another way' : 'refused';
  };
}

function commandSection(command: Command): string {
  const description = command.description();
  const sentence = `${description.charAt(0).toUpperCase()}${description.slice(1)}${description.endsWith('?') ? '' : '.'}`;
  const options = optionTable(command);
  return `\n## \`stagecraft ${command.name()}\`\n\n${sentence}\n\n\`\`\`sh\nstagecraft ${command.name()} ${command.usage()}\n\`\`\`\n${options === '' ? '' : `\n${options}`}`;
}

function optionTable(command: Command): string {
  const rows = command.options.map(({ flags, description: text, argChoices, defaultValue }) => {
    const choices =
      argChoices === undefined ? '' : `: ${argChoices.map((choice) => `\`${choice}\``).join(', ')}`;
    const standard = typeof defaultValue === 'string' ? ` (default \`${defaultValue}\`)` : '';
    return `| \`${cell(flags)}\` | ${cell(text)}${choices}${standard} |\n`;
  });
  return rows.length === 0 ? '' : `| Option | |\n| --- | --- |\n${rows.join('')}`;
}

function why(rule: string): string {
  const [, reason = ''] = /## Why\n\n(.+)\n/u.exec(textOf(`docs/rules/${rule}.md`)) ?? [];
  return cell(reason);
}

function cell(text: string): string {
  return text.replaceAll('|', '&#124;');
}
