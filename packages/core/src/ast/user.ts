import { createNode } from '../util/freeze.ts';
import type { NodeBase } from './node-base.ts';
import type { Word } from './word.ts';

/** `USER <user>[:<group>]` */
export interface UserNode extends NodeBase {
  readonly kind: 'User';
  readonly user: Word;
}

export function createUser(init: Omit<UserNode, 'kind'>): UserNode {
  return createNode('User', init);
}
