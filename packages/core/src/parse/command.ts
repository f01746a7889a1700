import type { Command } from '../ast/command.ts';
import { freeze, freezeList } from '../util/freeze.ts';
import { readHeredocWord, usedContent } from './heredocs.ts';
import type { Statement } from './statement.ts';

/** Exec form for a JSON array, otherwise shell form. */
export function parseCommand({ args, json }: Pick<Statement, 'args' | 'json'>): Command {
  if (json) return freeze({ form: 'exec', argv: freezeList(args) });
  return freeze({ form: 'shell', commands: freezeList(args) });
}

/** The command of a RUN: a lone here-document is a script, others belong to the shell text. */
export function parseRunCommand(statement: Statement): Command {
  const { args, json } = statement;
  const { heredocs } = statement.line;
  const [heredoc] = heredocs;
  if (json || heredoc === undefined) return parseCommand(statement);
  const [text = ''] = args;
  if (readHeredocWord(text) === undefined) {
    return freeze({ form: 'shell', commands: freezeList(args), heredocs: freezeList(heredocs) });
  }
  const delimiter = heredoc.expand ? heredoc.name : `"${heredoc.name}"`;
  return freeze({ form: 'script', body: usedContent(heredoc), delimiter });
}
