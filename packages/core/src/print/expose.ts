import type { ExposeNode } from '../ast/expose.ts';
import type { Word } from '../ast/word.ts';
import { fitted } from './layout.ts';
import { type PrintContext, quoteValue, refuse } from './print-context.ts';
import { printWord } from './words.ts';

export function printExpose(node: ExposeNode, context: PrintContext): string {
  if (node.ports.length === 0) refuse(context, 'EXPOSE has no ports.', 'Name at least one port.');
  return fitted(
    'EXPOSE',
    node.ports.map((port) => printPort(port, context)),
    context,
  );
}

function printPort(port: Word, context: PrintContext): string {
  if (typeof port !== 'string' || isPort(port)) return printWord(port, 'list', context, 'EXPOSE port');
  return refuse(
    context,
    `EXPOSE cannot have the port ${quoteValue(port)}.`,
    'Use a number from 0 to 65535 or a range, with /tcp, /udp or /sctp where needed.',
  );
}

/** `[address:][host:]port[-port][/protocol]`; the part before the last colon is kept for files that are read. */
function isPort(port: string): boolean {
  const match = /^(?:[0-9A-Fa-f.:[\]-]*:)?(\d+)(?:-(\d+))?(?:\/(?:tcp|udp|sctp)?)?$/iu.exec(port);
  const start = Number(match?.[1]);
  const end = Number(match?.[2] ?? match?.[1]);
  return match !== null && start <= end && end <= 65_535;
}
