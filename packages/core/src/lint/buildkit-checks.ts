import { consistentInstructionCasing } from './checks/consistent-instruction-casing.ts';
import { copyIgnoredFile } from './checks/copy-ignored-file.ts';
import { duplicateStageName } from './checks/duplicate-stage-name.ts';
import { exposeInvalidFormat } from './checks/expose-invalid-format.ts';
import { exposeProtoCasing } from './checks/expose-proto-casing.ts';
import { fromAsCasing } from './checks/from-as-casing.ts';
import { fromPlatformFlagConstDisallowed } from './checks/from-platform-flag-const-disallowed.ts';
import { invalidBaseImagePlatform } from './checks/invalid-base-image-platform.ts';
import { invalidDefaultArgInFrom } from './checks/invalid-default-arg-in-from.ts';
import { invalidDefinitionDescription } from './checks/invalid-definition-description.ts';
import { jsonArgsRecommended } from './checks/json-args-recommended.ts';
import { legacyKeyValueFormat } from './checks/legacy-key-value-format.ts';
import { maintainerDeprecated } from './checks/maintainer-deprecated.ts';
import { multipleInstructionsDisallowed } from './checks/multiple-instructions-disallowed.ts';
import { noEmptyContinuation } from './checks/no-empty-continuation.ts';
import { redundantTargetPlatform } from './checks/redundant-target-platform.ts';
import { reservedStageName } from './checks/reserved-stage-name.ts';
import { secretsUsedInArgOrEnv } from './checks/secrets-used-in-arg-or-env.ts';
import { stageNameCasing } from './checks/stage-name-casing.ts';
import { undefinedArgInFrom } from './checks/undefined-arg-in-from.ts';
import { undefinedVar } from './checks/undefined-var.ts';
import { workdirRelativePath } from './checks/workdir-relative-path.ts';
import type { LintRule } from './rule.ts';

/**
 * BuildKit's own checks, under its names.
 * @see https://docs.docker.com/reference/build-checks/
 */
export const buildKitChecks: readonly LintRule[] = [
  consistentInstructionCasing,
  copyIgnoredFile,
  duplicateStageName,
  exposeInvalidFormat,
  exposeProtoCasing,
  fromAsCasing,
  fromPlatformFlagConstDisallowed,
  invalidBaseImagePlatform,
  invalidDefaultArgInFrom,
  invalidDefinitionDescription,
  jsonArgsRecommended,
  legacyKeyValueFormat,
  maintainerDeprecated,
  multipleInstructionsDisallowed,
  noEmptyContinuation,
  redundantTargetPlatform,
  reservedStageName,
  secretsUsedInArgOrEnv,
  stageNameCasing,
  undefinedArgInFrom,
  undefinedVar,
  workdirRelativePath,
];
