import type { LintRule } from './rule.ts';
import { apkWithoutNoCache } from './rules/apk-without-no-cache.ts';
import { aptGetWithRecommends } from './rules/apt-get-with-recommends.ts';
import { aptGetWithoutYes } from './rules/apt-get-without-yes.ts';
import { aptListsLeft } from './rules/apt-lists-left.ts';
import { cgoIntoStatic } from './rules/cgo-into-static.ts';
import { consecutiveRun } from './rules/consecutive-run.ts';
import { copyArchiveThenExtract } from './rules/copy-archive-then-extract.ts';
import { copyBeforeInstall } from './rules/copy-before-install.ts';
import { copyFromUnknownStage } from './rules/copy-from-unknown-stage.ts';
import { copyToRelativeDestination } from './rules/copy-to-relative-destination.ts';
import { distrolessWithoutSuffix } from './rules/distroless-without-suffix.ts';
import { frozenLockfile } from './rules/frozen-lockfile.ts';
import { globMatchesNothing } from './rules/glob-matches-nothing.ts';
import { healthcheckMissing } from './rules/healthcheck-missing.ts';
import { heredocWithoutSetE } from './rules/heredoc-without-set-e.ts';
import { libcMismatch } from './rules/libc-mismatch.ts';
import { multiSourceNeedsDirectory } from './rules/multi-source-needs-directory.ts';
import { noCdInRun } from './rules/no-cd-in-run.ts';
import { noCopyOverSystemPath } from './rules/no-copy-over-system-path.ts';
import { noDevDependenciesInFinal } from './rules/no-dev-dependencies-in-final.ts';
import { noEndOfLifeBase } from './rules/no-end-of-life-base.ts';
import { noEnvSelfReference } from './rules/no-env-self-reference.ts';
import { noLatestTag } from './rules/no-latest-tag.ts';
import { noPointlessCommand } from './rules/no-pointless-command.ts';
import { noRootUser } from './rules/no-root-user.ts';
import { noSudo } from './rules/no-sudo.ts';
import { noToolchainInFinal } from './rules/no-toolchain-in-final.ts';
import { noUntaggedBase } from './rules/no-untagged-base.ts';
import { noUnusedStage } from './rules/no-unused-stage.ts';
import { packageManagerWithoutClean } from './rules/package-manager-without-clean.ts';
import { packageManagerWithoutYes } from './rules/package-manager-without-yes.ts';
import { pinDigest } from './rules/pin-digest.ts';
import { pipOutsideEnvironment } from './rules/pip-outside-environment.ts';
import { pipWithoutNoCacheDir } from './rules/pip-without-no-cache-dir.ts';
import { pipeToShell } from './rules/pipe-to-shell.ts';
import { repeatedInterpreter } from './rules/repeated-interpreter.ts';
import { secretInValue } from './rules/secret-in-value.ts';
import { shellFormWithoutShell } from './rules/shell-form-without-shell.ts';
import { unpinnedPackages } from './rules/unpinned-packages.ts';
import { useAbsoluteCommand } from './rules/use-absolute-command.ts';
import { useAptGet } from './rules/use-apt-get.ts';
import { useCopyInsteadOfAdd } from './rules/use-copy-instead-of-add.ts';
import { useNpmCi } from './rules/use-npm-ci.ts';
import { useNumericUser } from './rules/use-numeric-user.ts';
import { usePipefail } from './rules/use-pipefail.ts';
import { useShellInstruction } from './rules/use-shell-instruction.ts';
import { useraddWithoutNoLogInit } from './rules/useradd-without-no-log-init.ts';
import { validLabel } from './rules/valid-label.ts';
import { wgetAndCurl } from './rules/wget-and-curl.ts';
import { wgetWithoutProgress } from './rules/wget-without-progress.ts';
import { yarnCacheLeft } from './rules/yarn-cache-left.ts';
import { zypperDistUpgrade } from './rules/zypper-dist-upgrade.ts';

/** Our own rules; each has a page in the docs under its name. */
export const ownRules: readonly LintRule[] = [
  apkWithoutNoCache,
  aptGetWithRecommends,
  aptGetWithoutYes,
  aptListsLeft,
  cgoIntoStatic,
  consecutiveRun,
  copyArchiveThenExtract,
  copyBeforeInstall,
  copyFromUnknownStage,
  copyToRelativeDestination,
  distrolessWithoutSuffix,
  frozenLockfile,
  globMatchesNothing,
  healthcheckMissing,
  heredocWithoutSetE,
  libcMismatch,
  multiSourceNeedsDirectory,
  noCdInRun,
  noCopyOverSystemPath,
  noDevDependenciesInFinal,
  noEndOfLifeBase,
  noEnvSelfReference,
  noLatestTag,
  noPointlessCommand,
  noRootUser,
  noSudo,
  noToolchainInFinal,
  noUntaggedBase,
  noUnusedStage,
  packageManagerWithoutClean,
  packageManagerWithoutYes,
  pinDigest,
  pipOutsideEnvironment,
  pipWithoutNoCacheDir,
  pipeToShell,
  repeatedInterpreter,
  secretInValue,
  shellFormWithoutShell,
  unpinnedPackages,
  useAbsoluteCommand,
  useAptGet,
  useCopyInsteadOfAdd,
  useNpmCi,
  useNumericUser,
  usePipefail,
  useShellInstruction,
  useraddWithoutNoLogInit,
  validLabel,
  wgetAndCurl,
  wgetWithoutProgress,
  yarnCacheLeft,
  zypperDistUpgrade,
];
