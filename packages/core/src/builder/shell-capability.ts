/** Whether commands can run in a stage without naming an executable: known from the base image, changed by `.shell()`. */
export type ShellCapability = 'shell' | 'no-shell';

/** The sentence a user reads in the compiler's message, so it is a type. */
export type NoShell =
  'This base image has no shell: pass an array (exec form), use a debug tag, or declare one with .shell([...]).';

/** What a shell-form argument may be on a stage with capability `C`. */
export type IfShell<C extends ShellCapability, Form> = C extends 'shell' ? Form : NoShell;

/**
 * The capability of a base image known by its reference.
 *
 * A reference known only as `string` is taken to have a shell. The same table decides at run time.
 */
export type ShellOf<Reference extends string> = string extends Reference
  ? 'shell'
  : Reference extends 'scratch'
    ? 'no-shell'
    : Reference extends `${string}/distroless/${string}`
      ? Reference extends `${string}:debug${string}`
        ? 'shell'
        : 'no-shell'
      : Reference extends `cgr.dev/chainguard/${string}` | `dhi.io/${string}`
        ? Reference extends
            | `${string}-dev${string}`
            | `${string}/wolfi-base${string}`
            | `${string}/busybox${string}`
          ? 'shell'
          : 'no-shell'
        : Reference extends `${string}chiseled${string}`
          ? 'no-shell'
          : 'shell';

/** Whether the image behind `reference` has a shell, as far as its name tells. */
export function hasShell(reference: string): boolean {
  if (reference === 'scratch') return false;
  if (reference.includes('/distroless/')) return reference.includes(':debug');
  if (/^(?:cgr\.dev\/chainguard|dhi\.io)\//u.test(reference))
    return /-dev|\/wolfi-base|\/busybox/u.test(reference);
  return !reference.includes('chiseled');
}
