import { final, stage } from '@stagecraft/core';

/** Tests and compiles the calculator; a static binary, so that it runs where there is nothing else. */
const builder = stage('builder')
  .from('golang:1.21')
  .workdir('/src')
  .copy('app/', '.')
  .run('go vet ./...', 'go test ./...')
  .run('CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/calculator .');

/** What most teams ship: the compiler, a shell, a package manager and the sources. */
export const fat = final().from(builder).entrypoint(['/out/calculator']);

/** A distribution without the compiler: a tenth of the size, still a shell and a package manager. */
export const slim = final()
  .from('debian:bookworm-slim')
  .copyFrom(builder, '/out/calculator', '/usr/local/bin/calculator')
  .user(65_532)
  .entrypoint(['/usr/local/bin/calculator']);

/** Certificates, time zones, a non-root user, and no shell. */
export const distroless = final()
  .distroless('static')
  .copyFrom(builder, '/out/calculator', '/calculator')
  .entrypoint(['/calculator']);

/** The binary and nothing else. */
export const scratch = final()
  .from('scratch')
  .copyFrom(builder, '/out/calculator', '/calculator')
  .user(65_532)
  .entrypoint(['/calculator']);
