import { StagecraftError } from '../../../errors/stagecraft-error.ts';

/** The name of an image, taken apart. */
export interface ImageReference {
  /** Host of its registry, with the port; `docker.io` for the Docker Hub. */
  readonly host: string;
  /** Everything before the tag, as the engine wants it. */
  readonly name: string;
  readonly tag: string;
}

/** Takes `host/path:tag` apart. Throws `invalid-value` for a digest: what has one is already in a registry. */
export function parseReference(text: string): ImageReference {
  const match = /^((?:[^/@]+\/)*[^/:@]+)(?::([\w][\w.-]{0,127}))?$/u.exec(text);
  if (match?.[1] === undefined) {
    throw new StagecraftError('invalid-value', `"${text}" is not the name of an image with a tag.`, {
      hint: 'Write it as "registry.example/team/app:1.0".',
    });
  }
  return { host: registryHost(text), name: match[1], tag: match[2] ?? 'latest' };
}

/** The registry an image comes from: a first part with a dot, a colon, or `localhost` is its host. */
export function registryHost(image: string): string {
  const slash = image.indexOf('/');
  const first = slash === -1 ? '' : image.slice(0, slash);
  const isHost = first === 'localhost' || /[.:]/u.test(first) || first !== first.toLowerCase();
  return isHost && first !== 'index.docker.io' ? first : 'docker.io';
}
