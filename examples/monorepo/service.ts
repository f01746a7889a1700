import { final, type Stage, stage } from '@stagecraft/core';

/** The manifests of the whole workspace: they change rarely, so installing stays cached. */
const workspace = stage('workspace').from('ghcr.io/pnpm/pnpm:11').workdir('/src').copy('app/', './');

/** A service of the workspace: its own files and those of the packages it needs, and no others. */
export function service(name: string, port: number): Stage<'no-shell'> {
  const deployed = stage(name)
    .from(workspace)
    .run(['pnpm', '--offline', '--filter', name, '--prod', '--legacy', 'deploy', `/out/${name}`]);
  return final()
    .distroless('nodejs24')
    .workdir('/app')
    .env('NODE_ENV', 'production')
    .env('PORT', port)
    .copyFrom(deployed, `/out/${name}`, './')
    .expose(port)
    .cmd(['index.js']);
}
