export { dockerCredentials } from '../auth/index.ts';
