import type { LintRule } from '../rule.ts';
import { rootImage } from '../stage-chain.ts';

const toolchain =
  /^(?:docker\.io\/)?(?:library\/)?(?:golang|rust|gcc|maven|gradle|swift|haskell|buildpack-deps)(?::|@|$)|(?:^|\/)dotnet\/sdk(?::|@|$)|^(?:eclipse-temurin|amazoncorretto|openjdk):(?![^@]*jre)[^@]*jdk/u;

/** @see https://docs.docker.com/build/building/best-practices/ */
export const noToolchainInFinal: LintRule = {
  name: 'no-toolchain-in-final',
  severity: 'warning',
  why: 'A compiler in the image is weight, and a tool for whoever breaks in.',
  listen: ({ report }) => ({
    dockerfile: (dockerfile) => {
      const last = dockerfile.stages.at(-1);
      if (last === undefined) return;
      const reference = rootImage(last, dockerfile);
      if (!toolchain.test(reference)) return;
      report({
        node: last.from,
        message: `The final image is made from the toolchain "${reference}".`,
        hint: 'Build in a stage of its own, and copy the result into a small image.',
      });
    },
  }),
};
