import { type Formatter, fileOf } from './format-options.ts';

/** For programs: one document, every finding with the names `docker build --check` has for the same things where it has them. */
export const formatJson: Formatter = ({ findings, problem }, options) => {
  const warnings = findings.map((finding) => {
    const { rule, severity, message, hint, assumes, where, fix } = finding;
    const location = where === undefined ? undefined : { file: fileOf(finding, options), ...where };
    return { ruleName: rule, severity, detail: message, hint, assumes, location, fixable: fix !== undefined };
  });
  const buildError =
    problem === undefined
      ? undefined
      : { code: problem.code, message: problem.message, hint: problem.hint, location: problem.where };
  return `${JSON.stringify({ warnings, buildError }, undefined, 2)}\n`;
};
