import { readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import type { Options } from 'tsup';

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

/**
 * Parts of dockerode's tree that this project never calls. Some carry install scripts or native code, one prints
 * secrets when DEBUG is set; none of them may reach a user's machine.
 */
const unused: Readonly<Record<string, string>> = {
  '@balena/dockerignore': '{}',
  '@grpc/grpc-js': '{}',
  '@grpc/proto-loader': '{}',
  debug: '() => () => {}',
  protobufjs: '{}',
  'split-ca': '() => []',
  ssh2: '{}',
  'tar-fs': '{}',
};

/** Bundles dockerode without the parts nobody calls, so that installing this package installs no package of its. */
export function bundleDockerode(): Plugin {
  return {
    name: 'bundle-dockerode',
    setup(build) {
      build.onLoad({ filter: /[\\/](?:dockerode|docker-modem)[\\/]lib[\\/].*\.js$/ }, async ({ path }) => ({
        contents: (await readFile(path, 'utf8')).replaceAll(/\brequire\((['"])(.+?)\1\)/gu, replaceRequire),
      }));
    },
  };
}

function replaceRequire(call: string, _quote: string, name: string): string {
  if (Object.hasOwn(unused, name)) return `(${unused[name]})`;
  const builtin = name === 'readable-stream' ? 'stream' : name;
  // An ES module has no `require` for built-in modules.
  if (builtinModules.includes(builtin)) return `process.getBuiltinModule('${builtin}')`;
  return call;
}
