import { join } from 'node:path';
import { writeKeystore } from '../lib/java-keystore.mjs';
import { extend, rootfsSources } from '../lib/rootfs.mjs';
import { trixie } from './debian.mjs';

const keystoreSource = new URL('../lib/java-keystore.mjs', import.meta.url).href;
const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
const env = [
  'PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  'JAVA_HOME=/opt/java/openjdk',
  'JAVA_VERSION=21',
  'LANG=C.UTF-8',
  'LC_ALL=C.UTF-8',
];
const jdkLayers = ['debian-trixie/root', 'java/jdk'];

/**
 * Debian's OpenJDK 21 where the Temurin image has its own build.
 * @type {import('../lib/family.mjs').Family}
 */
export const java = {
  name: 'java',
  sources: [import.meta.url, keystoreSource, ...rootfsSources],
  release: 'trixie',
  needs: [trixie],
  images: [
    {
      tags: ['eclipse-temurin:21-jdk', 'eclipse-temurin:21'],
      alias: /^eclipse-temurin:21(\.[\d._]+)?(-jdk)?(-noble|-jammy)?$/,
      layers: jdkLayers,
      config: { Env: env, Cmd: ['jshell'] },
    },
  ],
  async build({ root, directory, layers }) {
    const keystore = join(directory, 'cacerts');
    await writeKeystore(root, directory, keystore);
    const on = [/** @type {import('../lib/layer.mjs').Layer} */ (layers.get('debian-trixie/root'))];
    const packages = ['binutils', 'ca-certificates', 'curl', 'openjdk-21-jdk-headless', 'tzdata'];
    // The package links its manual pages, and fails where slim images have no directory for them.
    const before = 'mkdir -p "$ROOT/usr/share/man/man1"\n';
    const after = `
      install -D -m 644 "${keystore}" "$ROOT/etc/ssl/certs/java/cacerts"
      mkdir -p "$ROOT/opt/java"
      ln -s /usr/lib/jvm/java-21-openjdk-${architecture} "$ROOT/opt/java/openjdk"
    `;
    return { jdk: await extend(root, join(directory, 'jdk'), { on, packages, before, after }) };
  },
};

/** Without the public repository, Maven builds with the plugins that Debian packages, in Debian's versions. */
const mavenPlugins = ['clean', 'compiler', 'dependency', 'deploy', 'install', 'jar', 'resources', 'site'];
const mavenPackages = [
  ...mavenPlugins.map((name) => `libmaven-${name}-plugin-java`),
  ...['git', 'junit4', 'junit5', 'libsurefire-java', 'maven'],
];

/** What makes `mvn dependency:…` find the packaged plugin: its prefix, and the version that this Maven asks for. */
const dependencyPlugin = `
  plugins="$ROOT/usr/share/maven-repo/org/apache/maven/plugins"
  cat >"$plugins/maven-metadata-local.xml" <<'END'
<metadata><plugins><plugin><name>Dependency</name><prefix>dependency</prefix><artifactId>maven-dependency-plugin</artifactId></plugin></plugins></metadata>
END
  mkdir "$plugins/maven-dependency-plugin/3.7.0"
  sed 's#<version>2.8</version>#<version>3.7.0</version>#' "$plugins/maven-dependency-plugin/2.8/maven-dependency-plugin-2.8.pom" \
    >"$plugins/maven-dependency-plugin/3.7.0/maven-dependency-plugin-3.7.0.pom"
`;

const settings = `<settings xmlns="http://maven.apache.org/SETTINGS/1.2.0">
  <localRepository>/usr/share/maven-repo</localRepository>
  <offline>true</offline>
</settings>
`;

/**
 * Debian's Maven on that JDK, offline, with Debian's repository of packaged plugins and libraries.
 * @type {import('../lib/family.mjs').Family}
 */
export const maven = {
  name: 'maven',
  sources: [import.meta.url, ...rootfsSources],
  release: 'trixie',
  needs: [java],
  images: [
    {
      tags: ['maven:3.9-eclipse-temurin-21'],
      alias: /^maven:3(\.\d+)*-eclipse-temurin-21(-noble)?$/,
      layers: [...jdkLayers, 'maven/maven'],
      config: {
        Env: [...env, 'MAVEN_HOME=/usr/share/maven', 'MAVEN_CONFIG=/root/.m2'],
        Entrypoint: ['/usr/local/bin/mvn-entrypoint.sh'],
        Cmd: ['mvn'],
      },
    },
  ],
  async build({ root, directory, layers }) {
    const on = jdkLayers.map((layer) => /** @type {import('../lib/layer.mjs').Layer} */ (layers.get(layer)));
    const after = `${dependencyPlugin}
      cat >"$ROOT/etc/maven/settings.xml" <<'END'
${settings}END
      printf '#!/bin/sh\\nexec "$@"\\n' >"$ROOT/usr/local/bin/mvn-entrypoint.sh"
      chmod 755 "$ROOT/usr/local/bin/mvn-entrypoint.sh"
    `;
    return { maven: await extend(root, directory, { on, packages: mavenPackages, after }) };
  },
};
