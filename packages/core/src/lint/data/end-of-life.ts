/** When the support of an image ended, and what stands in for it. */
export interface EndOfLife {
  /** Such as `2026-04`; absent where only is known that it is not built any more. */
  readonly month?: string;
  readonly instead: string;
}

interface Entry extends EndOfLife {
  readonly pattern: RegExp;
}

/**
 * Official images whose support has ended, as of November 2026; each line covers the versions before it too.
 * @see https://endoflife.date/
 */
const entries: readonly Entry[] = [
  /* @__PURE__ */ entry('alpine', String.raw`3\.(?:\d|1\d|20|21)`, '2026-11', '"alpine:3.24"'),
  /* @__PURE__ */ entry('centos', '[^@]*', '2024-06', 'a supported distribution, such as "debian:13-slim"'),
  /* @__PURE__ */ entry(
    'debian',
    '(?:[5-9]|10|11|squeeze|wheezy|jessie|stretch|buster|bullseye)',
    '2026-08',
    '"debian:13-slim"',
  ),
  /* @__PURE__ */ entry('golang', String.raw`1\.(?:\d|1\d|2[0-5])`, '2026-08', '"golang:1.26"'),
  /* @__PURE__ */ entry('node', String.raw`(?:\d|1\d|20|21|23)`, '2026-04', '"node:24-trixie-slim"'),
  /* @__PURE__ */ entry('openjdk', '[^@]*', '2022-07', '"eclipse-temurin:21"'),
  /* @__PURE__ */ entry('php', String.raw`(?:[5-7](?:\.\d+)?|8\.[01])`, '2025-12', '"php:8.4"'),
  /* @__PURE__ */ entry('python', String.raw`(?:2(?:\.\d+)?|3\.(?:\d|10))`, '2026-10', '"python:3.13-slim"'),
  /* @__PURE__ */ entry('ruby', String.raw`(?:[12](?:\.\d+)?|3\.[0-2])`, '2026-03', '"ruby:3.4-slim"'),
  /* @__PURE__ */ entry(
    'ubuntu',
    String.raw`(?:1\d\.\d\d|20\.04|trusty|xenial|bionic|focal)`,
    '2025-05',
    '"ubuntu:24.04"',
  ),
  {
    pattern: /^gcr\.io\/distroless\/(?:java(?:8|11)?|nodejs(?:1\d|2[0135])?)(?:-debian\d+)?(?:[:@]|$)/u,
    instead: '"gcr.io/distroless/java21-debian13" or "gcr.io/distroless/nodejs24-debian13"',
  },
  /* @__PURE__ */ distroless('[a-z0-9-]+-debian(?:9|10|11)', '2026-08'),
  /* @__PURE__ */ distroless('(?:java|nodejs)[0-9]+-debian12', '2026-01'),
  /* @__PURE__ */ distroless('python3-debian12', '2026-04'),
  /* @__PURE__ */ distroless('(?:static|base|base-nossl|cc)-debian12', '2026-09'),
];

/** The end of an image's support; undefined while it is supported, and for images nothing is known of. */
export function endOfLife(reference: string): EndOfLife | undefined {
  return entries.find(({ pattern }) => pattern.test(reference));
}

function entry(name: string, versions: string, month: string, instead: string): Entry {
  const pattern = new RegExp(`^(?:docker\\.io/)?(?:library/)?${name}:${versions}(?:[.@-]|$)`, 'u');
  return { pattern, month, instead };
}

function distroless(name: string, month: string): Entry {
  const pattern = new RegExp(`^gcr\\.io/distroless/${name}(?:[:@]|$)`, 'u');
  return { pattern, month, instead: 'the same image with "-debian13"' };
}
