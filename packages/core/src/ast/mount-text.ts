/** One option of a `--mount` as it is written. */
export interface MountOption {
  /** In lower case, and by its usual name: `src` is `source`. */
  readonly name: string;
  readonly written: string;
  /** Undefined without a `=`. */
  readonly value: string | undefined;
}

const synonyms: ReadonlyMap<string, string> = new Map([
  ['src', 'source'],
  ['dst', 'target'],
  ['destination', 'target'],
  ['ro', 'readonly'],
  ['rw', 'readwrite'],
]);

/** The other names that options have. */
export const mountSynonyms: readonly string[] = [...synonyms.keys()];

/**
 * The options of a `--mount`, in order: one record of comma-separated values. Undefined where its quotes don't add up.
 * @see https://docs.docker.com/reference/dockerfile/#run---mount
 * @see https://pkg.go.dev/encoding/csv
 */
export function readMountText(text: string): readonly MountOption[] | undefined {
  const options: MountOption[] = [];
  for (let position = 0; position <= text.length; ) {
    const [field, quoted, plain] = /^(?:"((?:[^"]|"")*)"|([^",]*))(?=,|$)/u.exec(text.slice(position)) ?? [];
    if (field === undefined) return undefined;
    options.push(optionOf(quoted?.replaceAll('""', '"') ?? plain ?? ''));
    position += field.length + 1;
  }
  return options;
}

/** The `from` of a mount before anything is evaluated: it takes no variables. Empty without one. */
export function fromOfMount(text: string): string {
  return readMountText(text)?.findLast(({ name }) => name === 'from')?.value ?? '';
}

function optionOf(field: string): MountOption {
  const equals = field.indexOf('=');
  const written = equals < 0 ? field : field.slice(0, equals);
  const lower = written.toLowerCase();
  return {
    name: synonyms.get(lower) ?? lower,
    written,
    value: equals < 0 ? undefined : field.slice(equals + 1),
  };
}
