// Compares the public API with the committed reports (packages/*/*.api.md); "pnpm api --write" renews them.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { root } from './lib/steps.mjs';

/**
 * One report for each entry point that has types: ".": core.api.md, "./build": core.build.api.md.
 * @param {string} packageDirectory
 * @param {{ write?: boolean }} [options]
 * @returns {{ report: string, changed: boolean, diff: string, problems: string[], unnamed: string[] }[]}
 */
export function checkApi(packageDirectory, options = {}) {
  const manifest = JSON.parse(readFileSync(join(packageDirectory, 'package.json'), 'utf8'));
  const base = manifest.name.split('/').at(-1);
  const entries = Object.entries(manifest.exports).flatMap(([key, value]) => {
    const types = /** @type {{ import?: { types?: string } }} */ (value).import?.types;
    return types ? [{ name: [base, ...key.split('/').slice(1)].join('.'), types }] : [];
  });
  if (entries.length === 0) throw new Error(`"${manifest.name}" has no entry point with types.`);
  return entries.map(({ name, types }) => checkEntry(packageDirectory, name, types, options.write ?? false));
}

/**
 * @param {string} packageDirectory
 * @param {string} name
 * @param {string} types
 * @param {boolean} write
 */
function checkEntry(packageDirectory, name, types, write) {
  const mainEntryPointFilePath = resolve(packageDirectory, types);
  if (!existsSync(mainEntryPointFilePath)) throw new Error(`"${types}" is missing. Run "pnpm build" first.`);
  const report = `${name}.api.md`;
  const reportTempFolder = mkdtempSync(join(tmpdir(), 'stagecraft-api-'));
  /** @type {string[]} */
  const problems = [];
  /** @type {string[]} */
  const unnamed = [];
  try {
    const configObject = configuration(packageDirectory, mainEntryPointFilePath, report, reportTempFolder);
    const packageJsonFullPath = join(packageDirectory, 'package.json');
    const config = ExtractorConfig.prepare({
      configObject,
      configObjectFullPath: undefined,
      packageJsonFullPath,
    });
    const result = Extractor.invoke(config, {
      localBuild: write,
      messageCallback: (message) => {
        if (message.logLevel === ExtractorLogLevel.Error) problems.push(message.text);
        if (message.messageId === 'ae-forgotten-export') unnamed.push(message.text.split('"')[1] ?? '');
        message.handled = true;
      },
    });
    const committed = join(packageDirectory, report);
    const diff = result.apiReportChanged ? difference(committed, join(reportTempFolder, report)) : '';
    return { report: committed, changed: result.apiReportChanged, diff, problems, unnamed };
  } finally {
    rmSync(reportTempFolder, { recursive: true, force: true });
  }
}

/**
 * @param {string} before
 * @param {string} after
 */
function difference(before, after) {
  const from = existsSync(before) ? before : '/dev/null';
  const { stdout } = spawnSync('git', ['diff', '--no-index', '--no-color', from, after], {
    encoding: 'utf8',
  });
  // The header only names temporary files.
  return stdout.slice(stdout.indexOf('@@'));
}

/**
 * @param {string} projectFolder
 * @param {string} mainEntryPointFilePath
 * @param {string} reportFileName
 * @param {string} reportTempFolder
 * @returns {import('@microsoft/api-extractor').IConfigFile}
 */
function configuration(projectFolder, mainEntryPointFilePath, reportFileName, reportTempFolder) {
  return {
    projectFolder,
    mainEntryPointFilePath,
    compiler: {
      overrideTsconfig: {
        compilerOptions: {
          target: 'es2022',
          lib: ['es2023', 'dom'],
          module: 'nodenext',
          moduleResolution: 'nodenext',
          types: ['node'],
          strict: true,
          skipLibCheck: true,
        },
        files: [mainEntryPointFilePath],
      },
    },
    apiReport: { enabled: true, reportFileName, reportFolder: projectFolder, reportTempFolder },
    docModel: { enabled: false },
    dtsRollup: { enabled: false },
    tsdocMetadata: { enabled: false },
    newlineKind: 'lf',
    messages: {
      compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
      extractorMessageReporting: {
        default: { logLevel: ExtractorLogLevel.Error },
        // The library has no release tags, and documents what a name does not say; links are followed by the docs.
        'ae-missing-release-tag': { logLevel: ExtractorLogLevel.None },
        'ae-undocumented': { logLevel: ExtractorLogLevel.None },
        'ae-unresolved-link': { logLevel: ExtractorLogLevel.None },
        // A type that users meet but cannot name is told, and not refused: some are nobody's business.
        'ae-forgotten-export': { logLevel: ExtractorLogLevel.Warning },
      },
      tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const write = process.argv.includes('--write');
  for (const name of ['core', 'presets', 'cli']) {
    for (const { report, changed, diff, problems, unnamed } of checkApi(join(root, 'packages', name), {
      write,
    })) {
      const path = report.replace(root, '');
      for (const problem of problems) console.error(`${path}: ${problem}`);
      if (unnamed.length > 0) console.log(`${path}: used but not exported: ${unnamed.join(', ')}`);
      if (changed && !write) console.log(diff);
      if (changed)
        console.log(
          `${path} ${write ? 'was written' : 'no longer matches. If the change is meant, run "pnpm api --write" and commit it'}.`,
        );
      else console.log(`${path} matches.`);
      if (problems.length > 0 || (changed && !write)) process.exitCode = 1;
    }
  }
}
