/**
 * The engines: Docker daemons, the classic builder, BuildKit daemons.
 * @module @stagecraft/core/engines
 */

export { type ConnectOptions, connect } from './connect.ts';
export { type BuildkitOptions, buildkit } from './docker/buildkit.ts';
export { classic, type DockerOptions, docker } from './docker/docker.ts';
export type { DockerEngine, ImageOptions, PushImageOptions } from './docker/docker-engine.ts';
export type { ImageDetails } from './docker/images/inspect.ts';
export type { PushedImage } from './docker/images/push.ts';
