import { StagecraftError } from '@stagecraft/core';
import type { WorkspaceGraph, WorkspaceMember } from './workspace-graph.ts';

/** The member that a name or a directory means; throws `project-unsupported` when there is none. */
export function findMember({ members, tool }: WorkspaceGraph, service: string): WorkspaceMember {
  const directory = service.replace(/^\.\//u, '').replace(/\/+$/u, '');
  const found = members.find(({ name, directory: own }) => name === service || own === directory);
  if (found !== undefined) return found;
  const names = members.slice(0, 10).map(({ name }) => `"${name}"`);
  const others = members.length - names.length;
  throw new StagecraftError('project-unsupported', `The ${tool} workspace has no member "${service}".`, {
    hint: `Its members are ${names.join(', ')}${others === 0 ? '' : ` and ${others} more`}.`,
  });
}

/** A member and everything it needs, dependencies first. */
export function closureOf({ members }: WorkspaceGraph, service: WorkspaceMember): readonly WorkspaceMember[] {
  const byDirectory = new Map(members.map((member) => [member.directory, member]));
  const closure = new Set<WorkspaceMember>();
  const visiting = new Set<WorkspaceMember>();
  const visit = (member: WorkspaceMember): void => {
    if (visiting.has(member)) return;
    visiting.add(member);
    for (const directory of member.dependencies) {
      const dependency = byDirectory.get(directory);
      if (dependency !== undefined) visit(dependency);
    }
    closure.add(member);
  };
  visit(service);
  return [...closure];
}
