export interface SidecarOptions {
  /** An image with tools. Default: `'busybox:1.37'`. */
  readonly image?: string;
}

/**
 * Commands that look into a running container whose image has no shell; its files are at `/proc/1/root`.
 * @see https://kubernetes.io/docs/tasks/debug/debug-application/debug-running-pod/#ephemeral-container
 * @example
 * sidecar('shop').docker
 * // docker run --rm -it --pid=container:shop --network=container:shop --cap-add=SYS_PTRACE busybox:1.37 sh
 */
export function sidecar(
  container: string,
  { image = 'busybox:1.37' }: SidecarOptions = {},
): { readonly docker: string; readonly kubectl: string } {
  return Object.freeze({
    docker: `docker run --rm -it --pid=container:${container} --network=container:${container} --cap-add=SYS_PTRACE ${image} sh`,
    kubectl: `kubectl debug -it ${container} --image=${image} --target=${container} --profile=general`,
  });
}
