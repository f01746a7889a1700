export type { ErrorCode } from './errors/error-code.ts';
export { isStagecraftError, StagecraftError } from './errors/stagecraft-error.ts';
