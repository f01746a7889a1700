import type { Heredoc } from '../ast/node-base.ts';
import { splitWords } from '../ast/word-split.ts';
import { type PrintContext, quoteValue, refuse } from './print-context.ts';
import { isTooLong } from './wrap-line.ts';

/** What follows the line that opens a here-document: the body and its delimiter. */
export function closeHeredoc(body: string, delimiter: string): string {
  return `\n${body}${delimiter}`;
}

/** Why a body can't stand in a here-document, or undefined when it can. */
export function bodyProblem(body: string): string | undefined {
  if (body !== '' && !body.endsWith('\n')) return 'does not end in a line break';
  if (/\0/u.test(body)) return 'holds a NUL character';
  if (/[\uD800-\uDFFF]/u.test(body)) return 'holds half of a surrogate pair';
  if (body.length > 10_000 && body.split('\n').some(isTooLong)) return 'has a line over 65,535 bytes';
  return undefined;
}

/** Whether a line of the body would end a here-document with this delimiter. */
export function endsEarly(body: string, delimiter: string, chomp = false): boolean {
  if (!body.includes(delimiter)) return false;
  return body.split('\n').some((line) => {
    const start = chomp ? line.replace(/^\t+/u, '') : line;
    return start.replace(/\r+$/u, '') === delimiter;
  });
}

/** A delimiter that no line of the body and no other here-document of the instruction uses. */
export function chooseDelimiter(body: string, taken: ReadonlySet<string>, wanted = 'EOF'): string {
  for (let count = 0; ; count += 1) {
    const delimiter = count === 0 ? wanted : `EOF_${count}`;
    if (!taken.has(delimiter) && !endsEarly(body, delimiter)) return delimiter;
  }
}

/** The bodies of the here-documents that shell text opens itself, such as `cat <<EOF >/file`. */
export function printShellHeredocs(
  line: string,
  heredocs: readonly Heredoc[],
  context: PrintContext,
): string {
  if (
    !opensHeredocs(
      line,
      heredocs.map(({ name }) => name),
    )
  ) {
    return refuse(
      context,
      `The command ${quoteValue(line)} does not open the here-documents it is given.`,
      'Use a script, run(script`…`), which needs no delimiters.',
    );
  }
  return heredocs.map((heredoc) => printShellHeredoc(heredoc, context)).join('');
}

function printShellHeredoc({ name, content, chomp }: Heredoc, context: PrintContext): string {
  const problem = endsEarly(content, name, chomp)
    ? `has a line ${quoteValue(name)}, which would end it early`
    : bodyProblem(content);
  if (problem === undefined) return closeHeredoc(content, name);
  return refuse(
    context,
    `The here-document ${quoteValue(name)} ${problem}.`,
    'Use a script, run(script`…`), which needs no delimiters.',
  );
}

/** Whether BuildKit finds exactly these here-documents in a line. */
export function opensHeredocs(line: string, names: readonly string[]): boolean {
  const opened = openedBy(line);
  return opened.length === names.length && opened.every((name, index) => name === names[index]);
}

/** The delimiters a line opens, as BuildKit finds them. */
function openedBy(line: string): readonly string[] {
  if (!line.includes('<<')) return [];
  const words = splitWords(line, { quotes: 'keep', keepEscapes: true }) ?? [];
  return words.flatMap((word) => {
    const rest = /^\d*<<-?\s*([^<]*)$/u.exec(word)?.[1];
    const [name, ...others] = rest === undefined ? [] : (splitWords(rest) ?? []);
    return name === undefined || others.length > 0 ? [] : [name];
  });
}
