import { registryHost } from '../images/reference.ts';

/** Registries that the images of a Dockerfile may come from: those of FROM and of `--from`, variables filled in. */
export function registriesOf(text: string, buildArgs: Readonly<Record<string, string>>): readonly string[] {
  const values = new Map<string, string>();
  const stages = new Set<string>(['scratch']);
  const hosts = new Set<string>();
  const add = (image: string): void => {
    const name = fillIn(image, values);
    if (name !== '' && !stages.has(name.toLowerCase()) && !/^\d+$/u.test(name)) hosts.add(registryHost(name));
  };
  for (const line of text.split('\n')) {
    const argument = /^ARG\s+([A-Za-z_]\w*)(?:=(.*))?$/iu.exec(line);
    if (argument?.[1] !== undefined) {
      values.set(
        argument[1],
        buildArgs[argument[1]] ?? unquote(argument[2] ?? values.get(argument[1]) ?? ''),
      );
    }
    const from = /^FROM\s+(?:--platform=\S+\s+)?(\S+)(?:\s+AS\s+(\S+))?/iu.exec(line);
    if (from?.[1] !== undefined) add(from[1]);
    if (from?.[2] !== undefined) stages.add(from[2].toLowerCase());
    const copied = /^COPY\s(?:.*\s)?--from=(\S+)/iu.exec(line);
    if (copied?.[1] !== undefined) add(copied[1]);
  }
  return [...hosts];
}

function fillIn(text: string, values: ReadonlyMap<string, string>): string {
  return text.replaceAll(
    /\$(?:(\w+)|\{(\w+)(?::-([^}]*))?\})/gu,
    (_, plain?: string, braced?: string, fallback = '') =>
      values.get(plain ?? braced ?? '') || String(fallback),
  );
}

function unquote(text: string): string {
  return text.replace(/^(["'])(.*)\1$/u, '$2');
}
