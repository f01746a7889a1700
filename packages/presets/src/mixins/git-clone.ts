import { type Mount, mount, type Stage, StagecraftError } from '@stagecraft/core';

export interface GitCloneOptions {
  /** The commit, all 40 digits of it: a branch would be cached for ever. */
  readonly commit: string;
  /** Where the files go. */
  readonly directory: string;
  /**
   * How the repository is entered: with the keys of an agent (`build({ ssh })`), or with the secret of this id, a token.
   * Default: it is public.
   */
  readonly access?: 'ssh' | { readonly token: string };
  /** Lines for `known_hosts`, such as `git.example.com ssh-ed25519 AAAA…`; needed for `ssh`. */
  readonly knownHosts?: readonly string[];
}

const repository =
  /^(?:https:\/\/[\w.-]+(?::\d+)?\/|ssh:\/\/(?:[\w.-]+@)?[\w.-]+(?::\d+)?\/|[\w.-]+@[\w.-]+:)[\w.~+/-]+$/u;

/**
 * Fetches one commit of a repository; keys and tokens stay outside the image. Needs git in the image.
 *
 * Throws `invalid-value` for a commit that is none, and for `ssh` without known hosts.
 * @example
 * stage('source').from('debian:13').with(apt(['git'])).with(
 *   gitClone('https://example.com/app.git', { commit: '2fd4e1c67a2d28fced849ee1bb76e7391b93eb12', directory: '/src' }))
 */
export function gitClone(url: string, options: GitCloneOptions): (target: Stage<'shell'>) => Stage<'shell'> {
  check(url, options);
  const { commit, directory, access, knownHosts = [] } = options;
  const git = `git -C ${directory}`;
  const known = knownHosts.map((line) => `'${line}'`).join(' ');
  const commands = [
    ...(access === 'ssh' ? ['mkdir -p -m 700 ~/.ssh', `printf '%s\\n' ${known} > ~/.ssh/known_hosts`] : []),
    `git init -q ${directory}`,
    `${git} ${authorization(access)}fetch -q --depth 1 ${url} ${commit}`,
    `${git} checkout -q --detach FETCH_HEAD`,
    `rm -rf ${directory}/.git`,
  ];
  return (target) => target.run(...commands, { mounts: mountsOf(access) });
}

function check(url: string, { commit, directory, access, knownHosts = [] }: GitCloneOptions): void {
  const refuse = (message: string, hint: string): StagecraftError =>
    new StagecraftError('invalid-value', message, { hint });
  if (!repository.test(url))
    throw refuse(`"${url}" is no repository.`, 'Write an https or ssh address, without a password in it.');
  if (!/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/u.test(commit))
    throw refuse(`"${commit}" is no commit.`, 'Give all digits of it: "git rev-parse HEAD" prints them.');
  if (!/^\/[\w./-]+$/u.test(directory))
    throw refuse(`"${directory}" is no absolute path.`, 'Write one such as "/src".');
  if (access === 'ssh' && knownHosts.length === 0)
    throw refuse(
      'gitClone() does not know the host it shall trust.',
      'Give "knownHosts", as ssh-keyscan prints them.',
    );
  const bad = knownHosts.find((line) => !/^[\w.,:[\]@|+/= -]+$/u.test(line));
  if (bad !== undefined) throw refuse(`"${bad}" is no line of known_hosts.`, 'Write "host type key".');
}

/** The token goes to git in its environment, where neither the command line nor the image shows it. */
function authorization(access: GitCloneOptions['access']): string {
  if (typeof access !== 'object') return '';
  const helper = `!f() { echo username=x-access-token; echo "password=$(cat /run/secrets/${access.token})"; }; f`;
  return `-c credential.helper='${helper}' `;
}

function mountsOf(access: GitCloneOptions['access']): readonly Mount[] {
  if (access === undefined) return [];
  return [access === 'ssh' ? mount.ssh() : mount.secret(access.token)];
}
