export interface ModernDaemon {
  readonly socketPath: string;
  readonly pid: number;
  forward(port: number, socketPath: string): Promise<void>;
  stop(): Promise<void>;
}

export function startModernDaemon(store: 'graph' | 'containerd'): Promise<ModernDaemon>;
