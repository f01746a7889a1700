// Bundles what a browser user pays for `import { stage }` and compares it with a ceiling.
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { root } from './lib/steps.mjs';

/** Code of Node, or of an engine, in the pure entry is a bug whatever its size. */
const mustNotAppear = [/["'`]node:[a-z_]+/u, /dockerode|docker-modem|tar-stream|tar-fs/u];

/**
 * @typedef {object} SizeReport
 * @property {number} minifiedBytes
 * @property {number} gzipBytes
 * @property {string[]} problems
 */

/**
 * @param {{ source: string, directory: string, ceilingBytes: number }} options The ceiling is for the gzipped bundle.
 * @returns {Promise<SizeReport>}
 */
export async function checkSize({ source, directory, ceilingBytes }) {
  const bundle = await bundleText(source, directory);
  if ('problems' in bundle) return { minifiedBytes: 0, gzipBytes: 0, problems: bundle.problems };
  const gzipBytes = gzipSync(bundle.text, { level: 9 }).length;
  const problems = mustNotAppear.flatMap((pattern) => {
    const found = pattern.exec(bundle.text);
    return found ? [`"${found[0].replace(/^["'`]/u, '')}" must not appear in the bundle.`] : [];
  });
  if (bundle.text.trim() === '') problems.push('The bundle is empty, so nothing was measured.');
  if (gzipBytes > ceilingBytes)
    problems.push(`${gzipBytes} bytes gzipped is over the ceiling of ${ceilingBytes}.`);
  return { minifiedBytes: Buffer.byteLength(bundle.text), gzipBytes, problems };
}

/**
 * @param {string} contents
 * @param {string} resolveDir
 * @returns {Promise<{ text: string } | { problems: string[] }>}
 */
async function bundleText(contents, resolveDir) {
  try {
    const result = await build({
      stdin: { contents, resolveDir },
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'browser',
      write: false,
      logLevel: 'silent',
    });
    return { text: result.outputFiles[0]?.text ?? '' };
  } catch (error) {
    const { errors = [] } = /** @type {{ errors?: { text: string }[] }} */ (error);
    if (errors.length === 0) throw error;
    return { problems: errors.map(({ text }) => text) };
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { minifiedBytes, gzipBytes, problems } = await checkSize({
    source: "import { stage } from './index.js'; globalThis.stage = stage;",
    directory: `${root}packages/core/dist`,
    // 6.1 kB when it was set: the builder with its checks. Room for a few more instructions, none for another room.
    ceilingBytes: 8_000,
  });
  console.log(`import { stage }: ${minifiedBytes} bytes minified, ${gzipBytes} gzipped`);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}
