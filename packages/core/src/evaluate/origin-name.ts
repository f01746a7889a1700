import type { Origin } from '../ast/origin.ts';
import { wordText } from '../ast/word-text.ts';

/** What `--from` and a mount's `from` name; FROM alone takes variables. */
export function originName(origin: Origin): string {
  switch (origin.kind) {
    case 'image':
      return wordText(origin.image);
    case 'stage':
      return origin.stage.from.name ?? '';
    default:
      return origin.name;
  }
}
