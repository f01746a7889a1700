import type { Command } from 'commander';
import type { InitOptions } from '../init-command.ts';

export function addInit(program: Command): void {
  program
    .command('init')
    .description('write an image file that fits the project, and an ignore file')
    .argument('[file]', 'the file to write; its directory is looked at', 'image.ts')
    .option('-y, --yes', 'ask nothing; nothing is asked without a terminal either')
    .option('--force', 'overwrite the file')
    .option('--from <dockerfile>', 'translate this one; default: Dockerfile, where there is one')
    .option('--json', 'print a JSON document')
    .addHelpText('after', '\nExample:\n  stagecraft init --yes')
    .action(async (file: string, options: InitOptions) => {
      const { runInit } = await import('../init-command.ts');
      const proposal = await runInit(file, options);
      if (options.json === true)
        process.stdout.write(`${JSON.stringify({ schemaVersion: 1, file, ...proposal })}\n`);
      else if (proposal === undefined) process.stderr.write('Nothing was written.\n');
      else {
        const because = proposal.because === undefined ? '' : `, because of "${proposal.because}"`;
        process.stderr.write(`Wrote "${file}" (${proposal.preset}${because}).\n`);
        if (proposal.ignoreFile !== undefined) process.stderr.write(`Wrote "${proposal.ignoreFile}".\n`);
        process.stderr.write(`Next: npm install --save-dev @stagecraft/core @stagecraft/presets\n`);
        process.stderr.write(`      stagecraft render ${file}\n`);
      }
    });
}
