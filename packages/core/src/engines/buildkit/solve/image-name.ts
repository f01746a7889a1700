import { StagecraftError } from '../../../errors/stagecraft-error.ts';

/** An image name in full: `calc` is `docker.io/library/calc:latest`. Throws `invalid-value` for what is no name. */
export function normaliseImageName(name: string): string {
  const match =
    /^((?:(?:[a-z\d](?:[a-z\d.-]*[a-z\d])?|\[[a-f\d:]+\])(?::\d+)?\/)?[a-z\d]+(?:(?:[._/]|__|-+)[a-z\d]+)*)(?::([\w][\w.-]{0,127}))?$/iu.exec(
      name,
    );
  const path = match?.[1];
  if (match === null || path === undefined) throw invalidName(name);
  const slash = path.indexOf('/');
  const first = path.slice(0, Math.max(slash, 0));
  const isHost = /[.:]|^localhost$/u.test(first) || first !== first.toLowerCase();
  const host = isHost ? first : 'docker.io';
  const repository = isHost ? path.slice(slash + 1) : path;
  if (repository !== repository.toLowerCase()) throw invalidName(name);
  const isOfficial = host === 'docker.io' && !repository.includes('/');
  return `${host}/${isOfficial ? 'library/' : ''}${repository}:${match[2] ?? 'latest'}`;
}

function invalidName(name: string): StagecraftError {
  return new StagecraftError('invalid-value', `The tag "${name}" is not an image name.`, {
    hint: 'Image names are lower case, for example "registry.example.com/team/calc:1.0".',
  });
}
