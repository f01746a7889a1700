import { check, checkOptions } from '../ast/check.ts';
import type { Word } from '../ast/word.ts';
import { freeze } from '../util/freeze.ts';
import { withCallSite } from './call-site-errors.ts';

/** A file whose content stands in the Dockerfile, made by {@link inline}. */
export interface Inline {
  readonly kind: 'Inline';
  readonly name?: string;
  readonly data: Word;
}

export interface InlineOptions {
  /** The file's name when the destination is a directory. Default: taken from the destination. */
  readonly name?: string;
}

/**
 * A file written in the Dockerfile itself, for `.copy()`. Plain strings are literal; `expand` puts variables in.
 * A missing final newline is added, because a here-document always ends in one.
 *
 * @example
 * copy(inline('listen 8080;\n'), '/etc/nginx/conf.d/port.conf')
 * // COPY <<"EOF" /etc/nginx/conf.d/port.conf
 * // listen 8080;
 * // EOF
 */
export function inline(content: Word, options: InlineOptions = {}): Inline {
  return withCallSite(() => {
    const { name } = checkOptions('inline', options, { name: 'text' });
    const data = check('The content of inline', content, 'word');
    return freeze({ kind: 'Inline', data, ...(name === undefined ? {} : { name }) });
  });
}
