import { readFileSync } from 'node:fs';
import { Command, Help, type Option } from 'commander';
import { addBuild } from './commands/build.ts';
import { addCheck } from './commands/check.ts';
import { addCompletion } from './commands/completion.ts';
import { addContext } from './commands/context.ts';
import { addGraph } from './commands/graph.ts';
import { addImport } from './commands/import.ts';
import { addInit } from './commands/init.ts';
import { addJson } from './commands/json.ts';
import { addLint } from './commands/lint.ts';
import { addRender } from './commands/render.ts';

const exitCodes = `
Exit codes:
  0  it worked
  1  the build failed, the committed Dockerfile is not current, or lint found something
  2  wrong use, or something in the image file is wrong
  130  stopped by Ctrl-C`;

/** The command line. Results go to stdout, everything else to stderr. Throws commander's error instead of exiting. */
export function createProgram(): Command {
  const program = new Command('stagecraft')
    .description('Container images as typed TypeScript.')
    .version(version(), '-V, --version', 'print the version')
    // The one place that shows errors shows those of wrong use too.
    .configureOutput({ outputError: () => {} })
    .configureHelp({ optionDescription: describeOption })
    .showSuggestionAfterError()
    .exitOverride()
    .option('--config <file>', 'defaults for the options; default: stagecraft.config.ts, if it is there')
    .option('--cwd <directory>', 'work in this directory')
    .option('--no-color', 'print no colours; so does the variable NO_COLOR')
    .addHelpText('after', exitCodes)
    .hook('preAction', (self, command) => prepare(self.opts<GlobalOptions>(), command));
  addInit(program);
  addRender(program);
  addCheck(program);
  addBuild(program);
  addLint(program);
  addGraph(program);
  addContext(program);
  addJson(program);
  addImport(program);
  addCompletion(program);
  return program;
}

/** An option that can be given again has no default worth showing. */
function describeOption(option: Option): string {
  return new Help().optionDescription(option).replace(/ \(default: \[\]\)$/u, '');
}

interface GlobalOptions {
  readonly config?: string;
  readonly cwd?: string;
}

async function prepare({ config, cwd }: GlobalOptions, command: Command): Promise<void> {
  if (cwd !== undefined) {
    const { enterDirectory } = await import('./files.ts');
    enterDirectory(cwd);
  }
  const { applyConfig } = await import('./load-config.ts');
  await applyConfig(command, config);
}

function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return /"version": "([^"]+)"/u.exec(text)?.[1] ?? '';
}
