const hostLabel = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const host = `(?:${hostLabel}(?:\\.${hostLabel})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const pathComponent = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const name = `(?:${host}/)?${pathComponent}(?:/${pathComponent})*`;
const tag = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}';
const digest = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
const referencePattern: RegExp = new RegExp(`^(${name})(?::(${tag}))?(?:@(${digest}))?$`, 'u');
const longestReference = 4096;
const digestLengths: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

/**
 * Why a text is no image reference; undefined when it is one.
 * @see https://github.com/distribution/reference/blob/main/normalize.go
 */
export function imageReferenceProblem(text: string): string | undefined {
  if (text.length > longestReference) return `it is longer than ${longestReference} characters`;
  if (/^[a-f0-9]{64}$/u.test(text)) return 'a name of 64 hexadecimal digits is an image id';
  const { domain, rest } = splitDomain(text);
  const repository = rest.split(':')[0] ?? rest;
  if (repository !== repository.toLowerCase())
    return `the repository name "${repository}" must be in lower case`;
  const match = referencePattern.exec(`${domain}/${rest}`);
  if (match === null) return 'its form is not "[registry/]name[:tag][@digest]"';
  if ((rest.split(/[:@]/u, 1)[0] ?? '').length > 255) return 'the name is longer than 255 characters';
  return match[3] === undefined ? undefined : digestProblem(match[3]);
}

/** Why a text is no digest such as `sha256:…`; undefined when it is one. */
export function digestProblem(text: string): string | undefined {
  const [, algorithm, digits] = /^([^:]+):(.+)$/su.exec(text) ?? [];
  if (algorithm === undefined || digits === undefined) return 'its form is not "algorithm:digits"';
  const length = Object.hasOwn(digestLengths, algorithm) ? digestLengths[algorithm] : undefined;
  if (length === undefined) return `the algorithm "${algorithm}" is not supported`;
  if (digits.length !== length) return `it needs ${length} digits behind "${algorithm}:"`;
  return /^[0-9a-f]+$/u.test(digits) ? undefined : 'its digits are not all of 0-9 and a-f';
}

/** The registry and what follows it; names without a registry are Docker Hub's. */
function splitDomain(text: string): { readonly domain: string; readonly rest: string } {
  const slash = text.indexOf('/');
  const first = text.slice(0, Math.max(slash, 0));
  const isDomain =
    slash >= 0 && (/[.:]/u.test(first) || first === 'localhost' || first !== first.toLowerCase());
  const domain = isDomain && first !== 'index.docker.io' ? first : 'docker.io';
  const rest = isDomain ? text.slice(slash + 1) : text;
  return { domain, rest: domain === 'docker.io' && !rest.includes('/') ? `library/${rest}` : rest };
}
