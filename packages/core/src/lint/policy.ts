import { wordText } from '../ast/word-text.ts';
import { StagecraftError } from '../errors/stagecraft-error.ts';
import { didYouMean } from '../util/suggest.ts';
import { externalImages } from './external-images.ts';
import type { Severity } from './finding.ts';
import type { LintRule } from './rule.ts';

/** What a company asks of its images; shipped as a package, and given to `lint` as `policy`. */
export interface LintPolicy {
  /** Severity by rule name or alias; `'off'` silences a rule. What the caller of `lint` says wins. */
  readonly rules?: Readonly<Record<string, Severity | 'off'>>;
  /** Registries, or registries with a path, that images may come from, such as `registry.example.com/base`. */
  readonly allowedRegistries?: readonly string[];
  /** Labels every final image has. */
  readonly requiredLabels?: readonly string[];
  /** Every image is named with a digest. Default: false. */
  readonly requireDigest?: boolean;
  /** The final image runs as a user other than root, and names it by number. Default: false. */
  readonly requireNonRoot?: boolean;
  /** Largest size of a final image, in bytes; what was built is judged by `checkSize`. */
  readonly maxImageBytes?: number;
}

const keys: readonly (keyof LintPolicy)[] = [
  'rules',
  'allowedRegistries',
  'requiredLabels',
  'requireDigest',
  'requireNonRoot',
  'maxImageBytes',
];

/**
 * A policy, checked and frozen.
 *
 * Throws `invalid-options` for a key that does not exist, with the one that was meant.
 * @example
 * export default definePolicy({ allowedRegistries: ['registry.example.com'], requiredLabels: ['team'] });
 */
export function definePolicy(policy: LintPolicy): LintPolicy {
  for (const key of Object.keys(policy)) {
    if (keys.some((known) => known === key)) continue;
    throw new StagecraftError('invalid-options', `A policy has no "${key}".`, {
      hint: didYouMean(key, keys) ?? `It has ${keys.join(', ')}.`,
    });
  }
  return Object.freeze({ ...policy });
}

/** What is wrong with the size of an image that was built; undefined when it is within the policy. */
export function checkSize({ maxImageBytes }: LintPolicy, bytes: number): string | undefined {
  if (maxImageBytes === undefined || bytes <= maxImageBytes) return undefined;
  return `The image has ${bytes} bytes; the policy allows ${maxImageBytes}.`;
}

/** The rules a policy adds. */
export function policyRules(policy: LintPolicy): readonly LintRule[] {
  const { allowedRegistries, requiredLabels = [], requireDigest = false } = policy;
  return [
    ...(allowedRegistries === undefined ? [] : [allowedRegistry(allowedRegistries)]),
    ...(requiredLabels.length === 0 ? [] : [requiredLabel(requiredLabels)]),
    ...(requireDigest ? [requiredDigest] : []),
  ];
}

function allowedRegistry(allowed: readonly string[]): LintRule {
  return {
    name: 'registry-not-allowed',
    aliases: ['DL3026'],
    severity: 'error',
    why: 'The policy names the registries that images may come from.',
    listen: ({ report }) => ({
      dockerfile: (dockerfile) => {
        for (const { node, reference } of externalImages(dockerfile)) {
          if (
            reference.startsWith('$') ||
            allowed.some((prefix) => fullName(reference).startsWith(`${prefix}/`))
          )
            continue;
          report({
            node,
            message: `The image "${reference}" does not come from an allowed registry.`,
            hint: `Use one from ${allowed.map((name) => `"${name}"`).join(' or ')}.`,
          });
        }
      },
    }),
  };
}

/** A name without a registry is Docker Hub's. */
function fullName(reference: string): string {
  const [first = '', ...rest] = reference.split('/');
  const hasRegistry = rest.length > 0 && (/[.:]/u.test(first) || first === 'localhost');
  if (hasRegistry) return reference;
  return rest.length > 0 ? `docker.io/${reference}` : `docker.io/library/${reference}`;
}

function requiredLabel(required: readonly string[]): LintRule {
  return {
    name: 'missing-label',
    aliases: ['DL3049'],
    severity: 'error',
    why: 'The policy names labels that every image has.',
    listen: ({ report }) => ({
      dockerfile: ({ stages }) => {
        const last = stages.at(-1);
        if (last === undefined) return;
        const labels = new Set(
          last.instructions.flatMap((node) =>
            node.kind === 'Label'
              ? node.pairs.map(([key]) => wordText(key).replace(/^(["'])(.*)\1$/su, '$2'))
              : [],
          ),
        );
        const missing = required.filter((name) => !labels.has(name));
        if (missing.length === 0) return;
        report({
          node: last.from,
          message: `The image lacks the label${missing.length === 1 ? '' : 's'} ${missing.map((name) => `"${name}"`).join(', ')}.`,
          hint: 'Add them with LABEL, or with the base your company shares.',
        });
      },
    }),
  };
}

const requiredDigest: LintRule = {
  name: 'missing-digest',
  severity: 'error',
  why: 'The policy asks for digests.',
  listen: ({ report }) => ({
    dockerfile: (dockerfile) => {
      for (const { node, reference } of externalImages(dockerfile)) {
        if (reference.includes('@')) continue;
        report({ node, message: `The image "${reference}" has no digest.`, hint: 'Add "@sha256:…".' });
      }
    },
  }),
};
