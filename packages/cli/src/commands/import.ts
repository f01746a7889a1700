import type { Command } from 'commander';

interface ImportOptions {
  readonly output?: string;
  readonly json?: boolean;
}

export function addImport(program: Command): void {
  program
    .command('import')
    .description('print a Dockerfile as TypeScript')
    .argument('[dockerfile]', 'the file to read', 'Dockerfile')
    .option('-o, --output <file>', 'write the TypeScript there instead of to stdout')
    .option('--json', 'print a JSON document')
    .addHelpText('after', '\nExample:\n  stagecraft import Dockerfile -o image.ts')
    .action(async (dockerfile: string, options: ImportOptions) => {
      const { parseDockerfile, toTypeScript } = await import('@stagecraft/core');
      const { readText, writeNew } = await import('../files.ts');
      const text = toTypeScript(parseDockerfile(readText(dockerfile), { file: dockerfile }));
      if (options.output !== undefined) writeNew(options.output, text);
      else if (options.json === true)
        process.stdout.write(`${JSON.stringify({ schemaVersion: 1, typescript: text })}\n`);
      else process.stdout.write(text);
    });
}
