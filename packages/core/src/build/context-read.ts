export type { ContextRead } from '../graph/context-read.ts';
