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
 * @returns {{ report: string, changed: boolean, diff: string, problems: string[] }[]}
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
        message.handled = true;
      },
    });
    const committed = join(packageDirectory, report);
    const diff = result.apiReportChanged ? difference(committed, join(reportTempFolder, report)) : '';
    return { report: committed, changed: result.apiReportChanged, diff, problems };
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
        // The library does not use release tags, and these two also appear in the report.
        'ae-missing-release-tag': { logLevel: ExtractorLogLevel.None },
        'ae-forgotten-export': { logLevel: ExtractorLogLevel.Warning, addToApiReportFile: true },
      },
      tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const write = process.argv.includes('--write');
  for (const name of ['core', 'presets']) {
    for (const { report, changed, diff, problems } of checkApi(join(root, 'packages', name), { write })) {
      const path = report.replace(root, '');
      for (const problem of problems) console.error(`${path}: ${problem}`);
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
