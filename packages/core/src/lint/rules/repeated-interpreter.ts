import { nodeRule } from '../node-rule.ts';
import type { LintRule } from '../rule.ts';
import { chainOf, positionsOf, rootImage } from '../stage-chain.ts';

const interpreters: Readonly<Record<string, RegExp>> = {
  node: /^(?:.*\/)?node$/u,
  python: /^(?:.*\/)?python3?(?:\.\d+)?$/u,
  java: /^(?:.*\/)?java$/u,
};

/** Images whose entrypoint is an interpreter. */
const started =
  /^(?:gcr\.io\/distroless\/(?=nodejs|python3|java)|cgr\.dev\/chainguard\/(?=node|python))(node|python|java)(?:js)?\d*(?:-debian|:|@|$)/u;

/** @see https://docs.docker.com/build/building/best-practices/ */
export const repeatedInterpreter: LintRule = /* @__PURE__ */ nodeRule(
  {
    name: 'repeated-interpreter',
    severity: 'error',
    why: 'The entrypoint of the image already starts the interpreter, which then looks for a file of that name.',
  },
  (node, { stage, dockerfile }) => {
    if (stage === undefined || node.kind !== 'Cmd' || node.command.form !== 'exec') return undefined;
    if (chainOf(stage, dockerfile).some((each) => positionsOf(each, 'Entrypoint').length > 0))
      return undefined;
    const [program = ''] = node.command.argv;
    const [, language] = started.exec(rootImage(stage, dockerfile)) ?? [];
    if (language === undefined || !interpreters[language]?.test(program)) return undefined;
    return {
      message: `"${program}" stands in CMD, but the image starts it already.`,
      hint: 'Begin CMD with the script, module or jar.',
    };
  },
);
