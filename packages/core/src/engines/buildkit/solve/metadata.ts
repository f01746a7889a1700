export const digestKey = 'containerimage.digest';
export const configDigestKey = 'containerimage.config.digest';

const referenceKey = 'buildx.build.ref';
/** What buildx calls the BuildKit inside the Docker daemon it talks to. */
const dockerBuilder = 'default/default';

export interface MetadataSource {
  readonly ref: string;
  readonly builder: string;
  /** Whether the image went to a store without manifests. */
  readonly isGraph: boolean;
}

/** The exporters' answers and the reference of the build, as buildx writes them into its metadata file. */
export function readMetadata(
  answer: Readonly<Record<string, string>>,
  { ref, builder, isGraph }: MetadataSource,
): Readonly<Record<string, unknown>> {
  const digest = answer[digestKey];
  const announced = {
    // There the one digest that is announced is that of the configuration.
    ...(isGraph && digest !== undefined && { [configDigestKey]: digest }),
    [referenceKey]: `${builder === 'docker' ? dockerBuilder : `${builder}/${builder}0`}/${ref}`,
    ...answer,
  };
  const sorted = Object.entries(announced).sort(([first], [second]) => (first < second ? -1 : 1));
  return Object.fromEntries(
    // Descriptors come encoded and are written in plain.
    sorted.map(([key, value]) => [key, key.endsWith('.descriptor') ? decodeJson(value) : value]),
  );
}

function decodeJson(value: string): unknown {
  try {
    return JSON.parse(Buffer.from(value, 'base64').toString('utf8'));
  } catch {
    return value;
  }
}
