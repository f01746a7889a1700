import { type Command, Option } from 'commander';
import type { BuildCommandOptions } from '../build-command.ts';
import { collect, fileArgument, targetOption } from './shared-options.ts';

type BuildFlags = BuildCommandOptions & { readonly target?: string };

export function addBuild(program: Command): void {
  const command = program
    .command('build')
    .description('build an image on an engine')
    .addArgument(fileArgument());
  addWhat(command);
  addResult(command);
  addHow(command);
  command.addHelpText('after', examples).action(async (file: string, options: BuildFlags) => {
    const { runBuild } = await import('../build-command.ts');
    const { chooseImage, loadImages } = await import('../load-images.ts');
    const image = chooseImage(await loadImages(file), options.target);
    process.stdout.write(await runBuild(image, options));
  });
}

const examples = `
Examples:
  stagecraft build image.ts -t calc:1
  stagecraft build image.ts --secret id=npmrc,src=.npmrc --ssh default
  stagecraft build image.ts -t registry.example.com/calc:1 --push --cache-to type=inline
  stagecraft build image.ts --output out`;

function addWhat(command: Command): void {
  command
    .option('-t, --tag <tag>', 'name the image; can be given again', collect, [])
    .addOption(targetOption())
    .option('--context <directory>', 'the build context: a directory, or a git or archive URL', '.')
    .option('--build-context <name=context>', 'a named context; can be given again', collect, [])
    .option(
      '--build-arg <name=value>',
      'a build argument; without a value it comes from the environment',
      collect,
      [],
    )
    .option('--secret <fields>', 'id=name,src=file or id=name,env=VARIABLE; can be given again', collect, [])
    .option('--ssh <id[=path]>', 'an agent socket or key files for RUN --mount=type=ssh', collect, [])
    .option('--platform <platform>', 'such as linux/arm64; can be given again', collect, [])
    .option('--label <name=value>', 'a label of the image; can be given again', collect, []);
}

function addResult(command: Command): void {
  command
    .option('--push', 'send the image to the registries its tags name')
    .option('--load', "put the image into the engine's own store")
    .option('-o, --output <fields>', 'where else: a directory, -, or type=oci,dest=file', collect, [])
    .option('--iidfile <file>', "write the image's id there")
    .option('--metadata-file <file>', 'write what was built there, as JSON')
    .option('--sbom', 'attach a list of the packages inside')
    .addOption(new Option('--provenance <mode>', 'attach how it was built').choices(['false', 'min', 'max']));
}

function addHow(command: Command): void {
  command
    .option(
      '--engine <address>',
      'unix://, tcp://, ssh://, classic+unix://, buildkit+tcp://…; default: DOCKER_HOST or the docker context',
    )
    .addOption(
      new Option(
        '--profile <profile>',
        'the Dockerfile dialect; default: what the engine understands',
      ).choices(['modern', 'buildkit', 'classic']),
    )
    .option('--cache-from <fields>', 'a cache to read, such as type=registry,ref=…', collect, [])
    .option('--cache-to <fields>', 'a cache to write, such as type=inline', collect, [])
    .option('--no-cache', 'run every step again')
    .option('--no-cache-filter <stage>', 'run the steps of this stage again', collect, [])
    .option('--pull', 'ask the registry for newer base images')
    .addOption(new Option('--network <mode>', 'network of RUN').choices(['default', 'none', 'host']))
    .option('--add-host <name=address>', 'a host name that RUN knows; can be given again', collect, [])
    .addOption(
      new Option('--progress <kind>', 'how to show the build; auto: tty on a terminal, else plain')
        .choices(['auto', 'tty', 'plain', 'json', 'quiet'])
        .default('auto'),
    )
    .option('--json', 'print the result as a JSON document');
}
