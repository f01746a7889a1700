import { final, type StageSource } from '../../../src/index.ts';

/** Paths and commands of Windows. */
export const windows: StageSource = final()
  .from('mcr.microsoft.com/windows/servercore:ltsc2025', { platform: 'windows/amd64' })
  .shell(['powershell', '-Command'])
  .workdir('C:\\app')
  .copy('bin\\', 'C:\\my app\\')
  .env({ TOOLS: 'C:\\tools', TICK: 'a`b' })
  .run('New-Item -Path C:\\data -ItemType Directory', 'Remove-Item C:\\temp\\*')
  .run('dir C:\\data\\')
  .entrypoint(['C:\\app\\server.exe']);
