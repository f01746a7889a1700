import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseDockerfile, StagecraftError, toDockerfile, toJSON, toTypeScript } from '@stagecraft/core';
import { Command, Option } from 'commander';
import { type BuildCommandOptions, runBuild } from './build-command.ts';
import { explainImage, showExplanation } from './context-command.ts';
import { stageGraph, toDot, toMermaid } from './graph-command.ts';
import { lineDiff } from './line-diff.ts';
import { type LintCommandOptions, runLint } from './lint-command.ts';
import { chooseImage, loadImages } from './load-images.ts';

interface RenderOptions {
  readonly output?: string;
  readonly target?: string;
  readonly profile: 'modern' | 'buildkit' | 'classic';
  readonly json?: boolean;
}

const exitCodes = `
Exit codes:
  0  it worked
  1  the build failed, the committed Dockerfile is not current, or lint found something
  2  wrong use, or something in the image file is wrong
  130  stopped by Ctrl-C`;

/** The command line. Results go to stdout, everything else to stderr. */
export function createProgram(): Command {
  const program = new Command('stagecraft')
    .description('Container images as typed TypeScript.')
    .showHelpAfterError()
    .showSuggestionAfterError()
    .addHelpText('after', exitCodes);
  addRender(program);
  addCheck(program);
  addBuild(program);
  addLint(program);
  addGraph(program);
  addContext(program);
  addJson(program);
  addImport(program);
  return program;
}

const profile = (): Option =>
  new Option('--profile <profile>', 'what the engine understands')
    .choices(['modern', 'buildkit', 'classic'])
    .default('modern');

interface GraphOptions {
  readonly target?: string;
  readonly format: 'mermaid' | 'dot' | 'json';
  readonly json?: boolean;
}

/** Options that can be given again. */
const collect = (value: string, previous: readonly string[]): readonly string[] => [...previous, value];

function addRender(program: Command): void {
  program
    .command('render')
    .description('print the Dockerfile of an image')
    .argument('[file]', 'the file that exports the image', 'image.ts')
    .option('-o, --output <file>', 'write the Dockerfile there instead of to stdout')
    .option('--target <name>', 'which export, when there are several')
    .option('--json', 'print a JSON document')
    .addOption(profile())
    .addHelpText('after', '\nExample:\n  stagecraft render image.ts -o Dockerfile')
    .action(async (file: string, options: RenderOptions) => {
      const text = await render(file, options);
      if (options.output !== undefined) writeFileSync(options.output, text);
      else
        process.stdout.write(
          options.json === true ? `${JSON.stringify({ schemaVersion: 1, dockerfile: text })}\n` : text,
        );
    });
}

function addCheck(program: Command): void {
  program
    .command('check')
    .description('is the committed Dockerfile still what the code says?')
    .argument('[file]', 'the file that exports the image', 'image.ts')
    .option('-o, --output <file>', 'the committed Dockerfile; default: Dockerfile beside the file')
    .option('--target <name>', 'which export, when there are several')
    .option('--json', 'print a JSON document')
    .addOption(profile())
    .addHelpText('after', '\nExample, in CI:\n  stagecraft check image.ts')
    .action(async (file: string, options: RenderOptions) => {
      const path = options.output ?? join(dirname(file), 'Dockerfile');
      const committed = readText(path, `Write it with: stagecraft render ${file} -o ${path}`);
      const text = await render(file, options);
      const isCurrent = committed === text;
      if (options.json === true)
        process.stdout.write(`${JSON.stringify({ schemaVersion: 1, file: path, isCurrent })}\n`);
      else if (!isCurrent) {
        process.stderr.write(`"${path}" is not what "${file}" says.\n${lineDiff(committed, text)}\n`);
        process.stderr.write(`To update it: stagecraft render ${file} -o ${path}\n`);
      }
      if (!isCurrent) process.exitCode = 1;
    });
}

function addBuild(program: Command): void {
  program
    .command('build')
    .description('build an image on an engine')
    .argument('[file]', 'the file that exports the image', 'image.ts')
    .option('-t, --tag <tag>', 'name the image; can be given again', collect, [])
    .option('--context <directory>', 'the build context', '.')
    .option('--target <name>', 'which export, when there are several')
    .option('--build-arg <name=value>', 'a build argument; can be given again', collect, [])
    .option('--secret <fields>', 'id=name,src=file or id=name,env=VARIABLE; can be given again', collect, [])
    .option('--platform <platform>', 'such as linux/arm64; can be given again', collect, [])
    .option(
      '--engine <address>',
      'unix://, tcp://, ssh://, buildkit+tcp://…; default: DOCKER_HOST or the docker context',
    )
    .addOption(new Option('--network <mode>', 'network of RUN').choices(['default', 'none', 'host']))
    .option('--no-cache', 'run every step again')
    .option('--pull', 'ask the registry for newer base images')
    .addOption(
      new Option('--progress <kind>', 'how to show the build')
        .choices(['plain', 'json', 'quiet'])
        .default('plain'),
    )
    .addHelpText('after', '\nExample:\n  stagecraft build image.ts -t calc:1')
    .action(
      async (
        file: string,
        options: Omit<BuildCommandOptions, 'noCache'> & { readonly target?: string; readonly cache: boolean },
      ) => {
        const image = chooseImage(await loadImages(file), options.target);
        process.stdout.write(await runBuild(image, { ...options, noCache: !options.cache }));
      },
    );
}

function addLint(program: Command): void {
  program
    .command('lint')
    .description('what is wrong with images or Dockerfiles')
    .argument('[files...]', 'files that export images, and Dockerfiles', ['image.ts'])
    .addOption(
      new Option('--format <format>', 'how to say it')
        .choices(['pretty', 'json', 'sarif', 'github'])
        .default('pretty'),
    )
    .option('--json', 'the same as --format json')
    .option('--fix', 'mend Dockerfiles in place, where that is safe')
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 from this severity on')
        .choices(['info', 'warning', 'error'])
        .default('warning'),
    )
    .option('--off <rule>', 'silence a rule; can be given again', collect, [])
    .addHelpText('after', '\nExamples:\n  stagecraft lint image.ts\n  stagecraft lint --fix Dockerfile')
    .action(async (files: readonly string[], options: LintCommandOptions) => {
      const { text, failed } = await runLint(files, options);
      process.stdout.write(text);
      if (failed) process.exitCode = 1;
    });
}

function addGraph(program: Command): void {
  program
    .command('graph')
    .description('draw what is made from what')
    .argument('[file]', 'the file that exports the image', 'image.ts')
    .option('--target <name>', 'which export, when there are several')
    .addOption(
      new Option('--format <format>', 'what to write').choices(['mermaid', 'dot', 'json']).default('mermaid'),
    )
    .option('--json', 'the same as --format json')
    .addHelpText('after', '\nExample:\n  stagecraft graph image.ts --format dot | dot -Tsvg > image.svg')
    .action(async (file: string, options: GraphOptions) => {
      const graph = stageGraph(chooseImage(await loadImages(file), options.target));
      const format = options.json === true ? 'json' : options.format;
      const document = `${JSON.stringify({ schemaVersion: 1, ...graph })}\n`;
      process.stdout.write(format === 'json' ? document : format === 'dot' ? toDot(graph) : toMermaid(graph));
    });
}

function addContext(program: Command): void {
  program
    .command('context')
    .description('which files travel to the engine, and why')
    .argument('[file]', 'the file that exports the image', 'image.ts')
    .option('--context <directory>', 'the build context', '.')
    .option('--target <name>', 'which export, when there are several')
    .option('--json', 'print a JSON document')
    .action(
      async (
        file: string,
        options: { readonly context: string; readonly target?: string; readonly json?: boolean },
      ) => {
        const image = chooseImage(await loadImages(file), options.target);
        const explanation = await explainImage(image, options.context);
        const document = { schemaVersion: 1, ...explanation };
        process.stdout.write(
          options.json === true ? `${JSON.stringify(document)}\n` : showExplanation(explanation),
        );
      },
    );
}

function addJson(program: Command): void {
  program
    .command('json')
    .description('print the stage graph as JSON')
    .argument('[file]', 'the file that exports the image', 'image.ts')
    .option('--target <name>', 'which export, when there are several')
    .action(async (file: string, options: { readonly target?: string }) => {
      const image = chooseImage(await loadImages(file), options.target);
      process.stdout.write(`${JSON.stringify(toJSON(image), undefined, 2)}\n`);
    });
}

function addImport(program: Command): void {
  program
    .command('import')
    .description('print a Dockerfile as TypeScript')
    .argument('[dockerfile]', 'the file to read', 'Dockerfile')
    .option('-o, --output <file>', 'write the TypeScript there instead of to stdout')
    .addHelpText('after', '\nExample:\n  stagecraft import Dockerfile -o image.ts')
    .action((dockerfile: string, options: { readonly output?: string }) => {
      const text = toTypeScript(parseDockerfile(readText(dockerfile), { file: dockerfile }));
      if (options.output === undefined) process.stdout.write(text);
      else writeNew(options.output, text);
    });
}

async function render(file: string, options: RenderOptions): Promise<string> {
  return toDockerfile(chooseImage(await loadImages(file), options.target), { profile: options.profile });
}

function readText(path: string, hint = 'Name a file that exists and that you may read.'): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new StagecraftError('config-rejected', `"${path}" can't be read.`, {
      hint,
      cause,
    });
  }
}

function writeNew(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch (cause) {
    throw new StagecraftError('output-failed', `"${path}" can't be written, or is there already.`, {
      hint: 'Name a new file with -o; nothing is overwritten.',
      cause,
    });
  }
}
