import type { ListWorkersResponse } from '../proto/generated/control_pb.ts';
import type { Connection } from '../rpc/connection.ts';
import { fetchInfo, fetchWorkers, hasExporterList } from './control.ts';
import { buildkitOfDocker, isAtLeast, parseVersion, type Version } from './versions.ts';

/** Where an engine keeps images: that decides which outputs it has. */
export type ImageStore = 'docker-graph' | 'docker-containerd' | 'buildkitd';

/** What was found out about an engine before anything is asked of it. */
export interface Capabilities {
  /** The lowest version that the findings allow. */
  readonly version: Version;
  /** Whether `version` was told by the engine, not only concluded. */
  readonly versionKnown: boolean;
  readonly store: ImageStore;
  readonly platforms: readonly string[];
  /** Size of the largest message the engine takes. */
  readonly messageLimitBytes: number;
}

export interface ProbeOptions {
  /** True behind a Docker daemon. */
  readonly docker: boolean;
  /** Version of the Docker daemon, for example `20.10.24+dfsg1`. */
  readonly dockerVersion?: string | undefined;
  readonly timeoutMs: number;
}

/** Distributions build engines without a version, so features are probed first and versions only refine that. */
export async function probe(connection: Connection, options: ProbeOptions): Promise<Capabilities> {
  const [info, workers] = await Promise.all([
    fetchInfo(connection, options.timeoutMs),
    fetchWorkers(connection, options.timeoutMs),
  ]);
  const told = parseVersion(info?.buildkitVersion?.version ?? '');
  const known = told ?? buildkitOfDocker(options.dockerVersion ?? '');
  const version = known ?? (await concludeVersion(connection, info !== undefined, options.timeoutMs));
  const store = storeOf(workers, options.docker);
  return {
    version,
    versionKnown: known !== undefined,
    store,
    platforms: platformsOf(workers),
    messageLimitBytes: store === 'buildkitd' || isAtLeast(version, 0, 18) ? 16 << 20 : 4 << 20,
  };
}

/** Without a version, what the engine can do tells which one it has at least. */
async function concludeVersion(
  connection: Connection,
  hasInfo: boolean,
  timeoutMs: number,
): Promise<Version> {
  if (!hasInfo) return { major: 0, minor: 8 };
  return { major: 0, minor: (await hasExporterList(connection, timeoutMs)) ? 13 : 11 };
}

const snapshotterLabel = 'org.mobyproject.buildkit.worker.snapshotter';
function storeOf(workers: ListWorkersResponse, docker: boolean): ImageStore {
  const hasSnapshotter = workers.record.some((record) => record.labels[snapshotterLabel] !== undefined);
  // Behind a plain BuildKit address there may still be a Docker daemon; without snapshotters it is one for sure.
  if (!hasSnapshotter) return 'docker-graph';
  return docker ? 'docker-containerd' : 'buildkitd';
}

function platformsOf(workers: ListWorkersResponse): readonly string[] {
  const names = workers.record
    .flatMap((record) => record.platforms)
    .map(({ os, architecture, variant }) =>
      [os, architecture, variant].filter((part) => part !== '').join('/'),
    );
  return [...new Set(names)];
}
