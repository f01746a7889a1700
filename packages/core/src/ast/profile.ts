/**
 * What the engine that will read the Dockerfile understands.
 *
 * `modern`: the current Dockerfile frontend. `buildkit`: the BuildKit inside Docker 20.10 and later, without fetching a
 * frontend. `classic`: the builder before BuildKit.
 */
export type Profile = 'modern' | 'buildkit' | 'classic';
