import type { Directive, DockerfileNode } from '../ast/dockerfile.ts';
import { StagecraftError } from '../errors/stagecraft-error.ts';
import type { Feature } from '../profile/feature.ts';
import { derivedSyntax } from '../profile/required-features.ts';
import { type PrintContext, quoteValue, refuse } from './print-context.ts';

/** The lines at the top of the file. A `# syntax=` that is given stays; else one is derived from what the file uses. */
export function printDirectives(
  node: DockerfileNode,
  used: ReadonlySet<Feature>,
  context: PrintContext,
): readonly string[] {
  const given = node.directives.filter((directive) => isKept(directive, context));
  const derived = given.some(({ name }) => name === 'syntax')
    ? undefined
    : derivedSyntax(used, context.profile);
  const lines = given.map((directive) => printDirective(directive, node, context));
  if (node.escape === '`' && !given.some(({ name }) => name === 'escape')) lines.push('# escape=`');
  return derived === undefined ? lines : [`# syntax=${derived}`, ...lines];
}

/** These profiles can't fetch a frontend; what their own one lacks is reported, so the request for Docker's may go. */
function isKept({ name, value }: Directive, context: PrintContext): boolean {
  if (name !== 'syntax' || context.profile === 'modern') return true;
  if (/^(?:docker\.io\/)?docker\/dockerfile(?:[:@\s]|$)/u.test(value)) return false;
  context.problems.push(
    new StagecraftError(
      'unsupported-feature',
      `The frontend ${quoteValue(value)} cannot be fetched with the profile "${context.profile}".`,
      { hint: 'Use the profile "modern", or remove the syntax directive.' },
    ),
  );
  return false;
}

function printDirective({ name, value }: Directive, node: DockerfileNode, context: PrintContext): string {
  const isKnown = name === 'syntax' || name === 'check' || (name === 'escape' && value === node.escape);
  if (isKnown && value.trim() === value && /^[^\n\0\uD800-\uDFFF]+$/u.test(value))
    return `# ${name}=${value}`;
  return refuse(
    context,
    `${quoteValue(`${name}=${value}`)} is not a directive of this file.`,
    'Use syntax, escape or check, with a value on one line.',
  );
}
