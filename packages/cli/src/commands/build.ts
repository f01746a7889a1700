import { type Command, Option } from 'commander';
import type { BuildCommandOptions } from '../build-command.ts';
import { collect } from './shared-options.ts';

type BuildFlags = Omit<BuildCommandOptions, 'noCache'> & {
  readonly target?: string;
  readonly cache: boolean;
};

export function addBuild(program: Command): void {
  const command = program
    .command('build')
    .description('build an image on an engine')
    .argument('[file]', 'the file that exports the image', 'image.ts');
  addWhat(command);
  addHow(command);
  command
    .addHelpText('after', '\nExample:\n  stagecraft build image.ts -t calc:1')
    .action(async (file: string, { cache, ...options }: BuildFlags) => {
      const { runBuild } = await import('../build-command.ts');
      const { chooseImage, loadImages } = await import('../load-images.ts');
      const image = chooseImage(await loadImages(file), options.target);
      process.stdout.write(await runBuild(image, { ...options, noCache: !cache }));
    });
}

function addWhat(command: Command): void {
  command
    .option('-t, --tag <tag>', 'name the image; can be given again', collect, [])
    .option('--context <directory>', 'the build context', '.')
    .option('--target <name>', 'which export, when there are several')
    .option('--build-arg <name=value>', 'a build argument; can be given again', collect, [])
    .option('--secret <fields>', 'id=name,src=file or id=name,env=VARIABLE; can be given again', collect, [])
    .option('--platform <platform>', 'such as linux/arm64; can be given again', collect, [])
    .option('--push', 'send the image to the registries its tags name')
    .option('--load', "put the image into the engine's own store")
    .option('--iidfile <file>', "write the image's id there")
    .option('--metadata-file <file>', 'write what was built there, as JSON');
}

function addHow(command: Command): void {
  command
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
    .option('--json', 'print the result as a JSON document');
}
