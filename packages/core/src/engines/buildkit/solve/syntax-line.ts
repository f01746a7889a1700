import type { RenderedDockerfile } from '../../../build/request.ts';
import { builtInFrontend, isAtLeast, parseVersion, type Version } from './versions.ts';

const syntaxLine = /^(# syntax=docker\/dockerfile:)(\d+(?:\.\d+)?)$/mu;

/**
 * Turns a `# syntax=` line into a plain comment where the engine's own frontend is new enough: the line would make the
 * engine fetch that frontend from a registry. Line numbers stay as they are.
 */
export function withoutBuiltInSyntax(rendered: RenderedDockerfile, version: Version): RenderedDockerfile {
  const wanted = syntaxLine.exec(rendered.text)?.[2];
  const asked =
    wanted?.includes('.') === false ? { major: Number(wanted), minor: 0 } : parseVersion(wanted ?? '');
  const own = builtInFrontend(version);
  if (asked === undefined || !isAtLeast(own, asked.major, asked.minor)) return rendered;
  return {
    ...rendered,
    text: rendered.text.replace(syntaxLine, `# built into the engine: docker/dockerfile ${wanted}`),
  };
}
