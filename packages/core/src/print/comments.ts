import { type PrintContext, quoteValue, refuse } from './print-context.ts';
import { isTooLong } from './wrap-line.ts';

/** Comment lines; a comment with line breaks becomes several. */
export function printComments(comments: readonly string[], context: PrintContext): string {
  if (comments.length === 0) return '';
  return comments
    .flatMap((comment) => comment.split('\n'))
    .map((line) => printComment(line.trimEnd(), context))
    .join('\n');
}

function printComment(line: string, context: PrintContext): string {
  if (line === '') return '#';
  if (!isTooLong(line) && !/[\0\uD800-\uDFFF]/u.test(line)) return `# ${line}`;
  return refuse(
    context,
    `The comment ${quoteValue(line)} cannot be written.`,
    'Use shorter lines of well-formed text.',
  );
}

/** Whether a comment at the very top of a file would be read as a parser directive. */
export function isDirectiveLike(text: string): boolean {
  return /^#\s*[A-Za-z][A-Za-z0-9]*\s*=/u.test(text);
}
