import { isDigit, isLetter } from '../util/unicode.ts';
import { findMatch, type Pattern } from './pattern.ts';

/** `${NAME/pattern/replacement}`: the replacement is literal. */
export function replaceFirst(characters: readonly string[], pattern: Pattern, replacement: string): string {
  const match = findMatch(pattern, characters, 0);
  if (match === undefined) return characters.join('');
  return characters.slice(0, match.start).join('') + replacement + characters.slice(match.end).join('');
}

/**
 * `${NAME//pattern/replacement}`: the replacement is a template in which `$0` is the match and other names are empty.
 * @see https://pkg.go.dev/regexp#Regexp.ReplaceAllString
 */
export function replaceAll(characters: readonly string[], pattern: Pattern, template: string): string {
  let result = '';
  let copiedTo = 0;
  for (let position = 0; position <= characters.length; ) {
    const match = findMatch(pattern, characters, position);
    if (match === undefined) break;
    result += characters.slice(copiedTo, match.start).join('');
    // An empty match right behind another one does not count.
    if (match.end > copiedTo || match.start === 0) {
      result += fillTemplate(template, characters.slice(match.start, match.end).join(''));
    }
    copiedTo = match.end;
    position = Math.max(match.end, position + 1);
  }
  return result + characters.slice(copiedTo).join('');
}

function fillTemplate(template: string, match: string): string {
  const [first = '', ...rest] = template.split('$');
  let result = first;
  for (let index = 0; index < rest.length; index += 1) {
    const after = rest[index] ?? '';
    if (after === '' && index + 1 < rest.length) {
      result += `$${rest[index + 1]}`;
      index += 1;
      continue;
    }
    const reference = readReference(after);
    if (reference === undefined) result += `$${after}`;
    else result += (reference.name === '0' ? match : '') + after.slice(reference.length);
  }
  return result;
}

/** `name` or `{name}` at the start of the text. */
function readReference(text: string): { readonly name: string; readonly length: number } | undefined {
  const braced = text.startsWith('{');
  let name = '';
  for (const character of braced ? text.slice(1) : text) {
    if (character !== '_' && !isLetter(character) && !isDigit(character)) break;
    name += character;
  }
  if (name === '' || (braced && text[name.length + 1] !== '}')) return undefined;
  return { name, length: name.length + (braced ? 2 : 0) };
}
