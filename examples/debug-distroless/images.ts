import { final, type Stage, stage } from '@stagecraft/core';

const app = stage('app').from('busybox:1.37').run('mkdir /site && echo hello > /site/index.html');

/** The same files and command on any base: what is debugged is what is shipped. */
const finish = <Shell extends 'shell' | 'no-shell'>(base: Stage<Shell>): Stage<Shell> =>
  base.copyFrom(app, '/site', '/site').copyFrom(app, '/bin/busybox', '/httpd');

/** What is shipped: no shell, not root. */
export default finish(final().distroless('static')).entrypoint([
  '/httpd',
  'httpd',
  '-f',
  '-p',
  '8080',
  '-h',
  '/site',
]);

/** The same with a shell in it, for a look inside. */
export const debug = finish(final().distroless('static', { debug: true })).entrypoint(['/busybox/sh']);

/** Tools for a second container in the namespaces of the first; nothing of it is shipped. */
export const sidecar = final().from('busybox:1.37').cmd(['sh']);
