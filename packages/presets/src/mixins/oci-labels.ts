import type { ShellCapability, Stage } from '@stagecraft/core';

/** What the OCI annotations of an image say. */
export interface OciLabels {
  readonly title?: string;
  readonly description?: string;
  readonly version?: string;
  /** Commit the image was made from. */
  readonly revision?: string;
  /** URL of the sources. */
  readonly source?: string;
  readonly url?: string;
  readonly documentation?: string;
  readonly authors?: string;
  readonly vendor?: string;
  /** SPDX expression, such as `Apache-2.0`. */
  readonly licenses?: string;
  /** RFC 3339 time, such as `2026-11-21T00:00:00Z`. */
  readonly created?: string;
}

/**
 * Labels the image as the OCI specification names them; put it last, because versions change most often.
 * @see https://github.com/opencontainers/image-spec/blob/main/annotations.md
 * @example
 * final().distroless('static').with(ociLabels({ title: 'calc', version: '1.2.0' }))
 */
export function ociLabels(labels: OciLabels): <C extends ShellCapability>(stage: Stage<C>) => Stage<C> {
  const pairs = Object.entries(labels)
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([key, value]) => [`org.opencontainers.image.${key}`, value] as const);
  return (stage) => (pairs.length === 0 ? stage : stage.label(Object.fromEntries(pairs)));
}
