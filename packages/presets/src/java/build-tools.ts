import { type Expansion, expand, StagecraftError, type VariableReference } from '@stagecraft/core';
import type { ProjectFiles } from '../project/project-files.ts';
import type { ToolCache } from '../service/project-steps.ts';
import { readMavenWorkspace } from '../workspace/tools/maven.ts';

/** How a tool builds a jar. */
export interface BuildTool {
  readonly image: (version: VariableReference) => Expansion;
  readonly env: Readonly<Record<string, string>>;
  /** Files that say what the project is made with. */
  readonly buildFiles: readonly string[];
  /** What has to be there to find out what the project needs. */
  readonly manifests: (files: ProjectFiles) => readonly string[];
  readonly caches: readonly ToolCache[];
  readonly fetch: string;
  readonly package: (module: string | undefined) => string;
  readonly test: (module: string | undefined) => string;
  readonly jar: string;
  readonly directoryOf: (module: string) => string;
}

const gradleFiles = [
  'settings.gradle.kts',
  'settings.gradle',
  'build.gradle.kts',
  'build.gradle',
  'gradle.properties',
  'gradlew',
  'gradle',
];

export const buildTools: Readonly<Record<'maven' | 'gradle', BuildTool>> = {
  maven: {
    image: (version) => expand`maven:3.9-eclipse-temurin-${version}`,
    env: { MAVEN_ARGS: '-B -ntp' },
    buildFiles: ['pom.xml'],
    manifests: (files) => [
      ...['pom.xml', '.mvn'].filter((name) => files.exists(name)),
      ...(readMavenWorkspace(files)?.members ?? []).flatMap(({ manifests }) => manifests).filter(isNested),
    ],
    caches: [{ id: 'maven', target: '/root/.m2/repository', sharing: 'locked' }],
    // Plugins resolve some of what they need only when they run, so this is a head start, not a promise.
    fetch: 'mvn dependency:go-offline',
    package: (module) =>
      `mvn package -DskipTests -Dproject.build.outputTimestamp="$SOURCE_DATE_EPOCH"${module === undefined ? '' : ` -pl ${module} -am`}`,
    test: (module) => `mvn test${module === undefined ? '' : ` -pl ${module} -am`}`,
    jar: 'target/*.jar',
    directoryOf: (module) => module,
  },
  gradle: {
    image: (version) => expand`eclipse-temurin:${version}-jdk`,
    env: { GRADLE_USER_HOME: '/cache/gradle' },
    buildFiles: ['build.gradle.kts', 'build.gradle', 'gradle/libs.versions.toml'],
    manifests: (files) => gradleFiles.filter((name) => files.exists(name)),
    caches: [{ id: 'gradle', target: '/cache/gradle', sharing: 'locked' }],
    fetch: './gradlew --no-daemon dependencies',
    package: (module) =>
      `./gradlew --no-daemon ${module === undefined ? '' : `:${module.replaceAll('/', ':')}:`}assemble`,
    test: (module) =>
      `./gradlew --no-daemon ${module === undefined ? '' : `:${module.replaceAll('/', ':')}:`}test`,
    jar: 'build/libs/*.jar',
    directoryOf: (module) => module.replaceAll(':', '/'),
  },
};

/** The tool whose build file the project has; throws `project-unsupported` when there is none. */
export function findBuildTool(
  files: ProjectFiles,
  wanted: 'maven' | 'gradle' | undefined,
): 'maven' | 'gradle' {
  const hasMaven = files.exists('pom.xml');
  const hasGradle = files.exists('gradlew');
  if (wanted === 'maven' ? hasMaven : wanted === 'gradle' ? hasGradle : hasMaven !== hasGradle) {
    return wanted ?? (hasMaven ? 'maven' : 'gradle');
  }
  if (hasMaven && hasGradle) {
    throw new StagecraftError('project-unsupported', 'The Java project has "pom.xml" and "gradlew".', {
      hint: 'Say which one builds it: java({ tool: "maven" }).',
    });
  }
  const missing =
    wanted === undefined ? '"pom.xml" or "gradlew"' : wanted === 'maven' ? '"pom.xml"' : '"gradlew"';
  throw new StagecraftError('project-unsupported', `The Java project has no ${missing}.`, {
    hint: 'Commit the build file; for Gradle, run "gradle wrapper" and commit what it writes.',
  });
}

function isNested(path: string): boolean {
  return path.includes('/');
}
