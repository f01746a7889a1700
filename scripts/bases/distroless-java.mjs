import { join } from 'node:path';
import { addLinks, distrolessImages, distrolessSources, packageLayer } from '../lib/distroless.mjs';
import { writeKeystore } from '../lib/java-keystore.mjs';
import { distroless12, distroless13 } from './distroless.mjs';

const keystoreSource = new URL('../lib/java-keystore.mjs', import.meta.url).href;
const architecture = process.arch === 'x64' ? 'amd64' : process.arch;

/** Fonts, colours, pictures and C++: what any JVM may load. */
const libraries = [
  ...[
    'fontconfig-config',
    'fonts-dejavu-core',
    'libbrotli1',
    'libbz2-1.0',
    'libexpat1',
    'libfontconfig1',
    'libfreetype6',
  ],
  ...['libgcc-s1', 'libjpeg62-turbo', 'liblcms2-2', 'libstdc++6', 'libuuid1', 'zlib1g'],
];

/**
 * java-base, which has no JVM and is meant for jlink, and the image with Debian's JRE; debug tags have the JDK.
 * @param {import('../lib/family.mjs').Family} base
 * @param {string} version
 * @param {readonly string[]} releaseLibraries
 * @returns {import('../lib/family.mjs').Family}
 */
function java(base, version, releaseLibraries) {
  const suffix = base.name.slice('distroless-'.length);
  const name = `distroless-java${version}-${suffix}`;
  const basePackages = [...libraries, ...releaseLibraries];
  const runtime = [`openjdk-${version}-jre-headless`];
  const compiler = [`openjdk-${version}-jdk-headless`];
  const layers = [`${base.name}/static`, `${base.name}/nossl`, `${name}/base`];
  const busybox = `${base.name}/busybox`;
  return {
    name,
    sources: [import.meta.url, keystoreSource, ...distrolessSources],
    release: base.release,
    packages: [...basePackages, ...runtime, ...compiler],
    needs: [base],
    images: [
      ...distrolessImages(`java-base-${suffix}`, { layers, debugLayers: [busybox], env: ['LANG=C.UTF-8'] }),
      ...distrolessImages(`java${version}-${suffix}`, {
        layers: [...layers, `${name}/runtime`],
        debugLayers: [`${name}/compiler`, busybox],
        env: ['LANG=C.UTF-8', `JAVA_VERSION=${version}`],
        entrypoint: ['/usr/bin/java', '-jar'],
      }),
    ],
    async build({ root, directory }) {
      const layer = (
        /** @type {string} */ part,
        /** @type {readonly string[]} */ packages,
        /** @type {(tree: string) => void | Promise<void>} */ finish,
      ) => packageLayer(root, join(directory, part), { packages, finish });
      const program = `../lib/jvm/java-${version}-openjdk-${architecture}/bin`;
      return {
        base: await layer('base', basePackages, (tree) =>
          writeKeystore(root, directory, join(tree, 'etc/ssl/certs/java/cacerts')),
        ),
        runtime: await layer('runtime', runtime, (tree) =>
          addLinks(tree, { 'usr/bin/java': `${program}/java` }),
        ),
        compiler: await layer('compiler', compiler, (tree) =>
          addLinks(tree, { 'usr/bin/javac': `${program}/javac` }),
        ),
      };
    },
  };
}

export const java21 = java(distroless13, '21', ['gcc-14-base', 'libpng16-16t64']);
export const java17 = java(distroless12, '17', ['gcc-12-base', 'libpng16-16']);
