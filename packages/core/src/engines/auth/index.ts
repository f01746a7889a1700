export { dockerCredentials } from './docker-credentials.ts';
