/** One simple command of a shell text. */
export interface SimpleCommand {
  /** Words without their quotes; variables and substitutions stay as they are written. */
  readonly words: readonly string[];
  /** Reads what another command writes. */
  readonly isPiped: boolean;
}

const operators = ['&&', '||', ';;', '|&', ';', '|', '&', '\n', '(', ')'] as const;

/**
 * The simple commands of POSIX shell text, in order. Bodies of here-documents are left out; what stands in `$(…)` and
 * backquotes is part of a word. Linear, and never throws: it reads what it can.
 */
export function splitCommands(text: string): readonly SimpleCommand[] {
  const commands: SimpleCommand[] = [];
  let words: string[] = [];
  let isPiped = false;
  // The patterns of `case` are no commands, and their `|` is no pipe.
  let isPattern = false;
  const end = (): void => {
    if (words.length > 0) commands.push({ words, isPiped });
    words = [];
  };
  const reader = createReader(text);
  for (let token = reader.next(); token !== undefined; token = reader.next()) {
    if (token.kind === 'word') {
      if (isPattern && token.text !== 'esac') continue;
      isPattern = false;
      words.push(token.text);
      if (token.text !== 'in' || words.at(-3) !== 'case') continue;
      isPattern = true;
      words = [];
    } else if (isPattern) isPattern = token.text !== ')';
    else {
      if (words.length > 0 || token.text !== '\n') {
        end();
        isPiped = token.text === '|' || token.text === '|&';
      }
      isPattern = token.text === ';;';
    }
  }
  end();
  return commands.map(withoutPrefix).filter((command) => command.words.length > 0);
}

interface Token {
  readonly kind: 'word' | 'operator';
  readonly text: string;
}

function createReader(text: string): { readonly next: () => Token | undefined } {
  let position = 0;
  const pending: string[] = [];
  const skipBodies = (): void => {
    for (const delimiter of pending.splice(0)) {
      const end = new RegExp(`^\\t*${escapeRegExp(delimiter)}$`, 'gmu');
      end.lastIndex = position;
      position = end.exec(text) === null ? text.length : end.lastIndex + 1;
    }
  };
  const next = (): Token | undefined => {
    while (position < text.length && /[ \t\r]/u.test(text[position] ?? '')) position += 1;
    if (position >= text.length) return undefined;
    if (text.startsWith('\\\n', position)) {
      position += 2;
      return next();
    }
    if (text[position] === '#') {
      const end = text.indexOf('\n', position);
      position = end < 0 ? text.length : end;
      return next();
    }
    const heredoc = /^<<-?[ \t]*(?:'([^'\n]*)'|"([^"\n]*)"|([^\s;&|<>()]+))/u.exec(
      text.slice(position, position + 200),
    );
    if (heredoc !== null && !text.startsWith('<<<', position)) {
      pending.push(heredoc[1] ?? heredoc[2] ?? heredoc[3] ?? '');
      position += heredoc[0].length;
      return next();
    }
    const operator = operators.find((candidate) => text.startsWith(candidate, position));
    if (operator !== undefined) {
      position += operator.length;
      if (operator === '\n') skipBodies();
      return { kind: 'operator', text: operator };
    }
    const { word, end } = readWord(text, position);
    position = end;
    return { kind: 'word', text: word };
  };
  return { next };
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
}

function readWord(text: string, start: number): { readonly word: string; readonly end: number } {
  let word = '';
  let position = start;
  while (position < text.length) {
    const character = text[position] ?? '';
    if (/[\s;&|()]/u.test(character) || text.startsWith('<<', position)) break;
    if (character === '\\') {
      word += text[position + 1] === '\n' ? '' : (text[position + 1] ?? '');
      position += 2;
    } else if (character === "'") {
      const end = closing(text, position + 1, "'");
      word += text.slice(position + 1, end);
      position = end + 1;
    } else if (character === '"') {
      const end = endOfDouble(text, position + 1);
      word += text.slice(position + 1, end).replace(/\\(["\\$`])/gu, '$1');
      position = end + 1;
    } else if (character === '`') {
      const end = closing(text, position + 1, '`');
      word += text.slice(position, end + 1);
      position = end + 1;
    } else if (character === '$' && (text[position + 1] === '(' || text[position + 1] === '{')) {
      const end = endOfNested(text, position + 1);
      word += text.slice(position, end);
      position = end;
    } else {
      word += character;
      position += 1;
    }
  }
  return { word, end: Math.max(position, start + 1) };
}

function closing(text: string, from: number, quote: string): number {
  const end = text.indexOf(quote, from);
  return end < 0 ? text.length : end;
}

function endOfDouble(text: string, from: number): number {
  let position = from;
  while (position < text.length && text[position] !== '"') position += text[position] === '\\' ? 2 : 1;
  return Math.min(position, text.length);
}

/** Behind the bracket that closes the one at `from`. */
function endOfNested(text: string, from: number): number {
  const open = text[from] ?? '(';
  const close = open === '(' ? ')' : '}';
  let depth = 0;
  for (let position = from; position < text.length; position += 1) {
    if (text[position] === '\\') position += 1;
    else if (text[position] === open) depth += 1;
    else if (text[position] === close) {
      depth -= 1;
      if (depth === 0) return position + 1;
    }
  }
  return text.length;
}

const prefixes: ReadonlySet<string> = new Set([
  '!',
  '{',
  '}',
  'if',
  'then',
  'else',
  'elif',
  'do',
  'while',
  'until',
  'time',
  'exec',
  'env',
  'command',
]);

/** Leaves out what may stand before the name of a command: assignments and reserved words. */
function withoutPrefix({ words, isPiped }: SimpleCommand): SimpleCommand {
  let first = 0;
  while (first < words.length) {
    const word = words[first] ?? '';
    if (!prefixes.has(word) && !/^[A-Za-z_]\w*=/u.test(word)) break;
    first += 1;
  }
  return { words: words.slice(first), isPiped };
}
