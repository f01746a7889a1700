const names: ReadonlySet<string> = new Set([
  ...[
    'ABRT',
    'ALRM',
    'BUS',
    'CHLD',
    'CLD',
    'CONT',
    'FPE',
    'HUP',
    'ILL',
    'INT',
    'IO',
    'IOT',
    'KILL',
    'PIPE',
    'POLL',
  ],
  ...[
    'PROF',
    'PWR',
    'QUIT',
    'SEGV',
    'STKFLT',
    'STOP',
    'SYS',
    'TERM',
    'TRAP',
    'TSTP',
    'TTIN',
    'TTOU',
    'URG',
    'USR1',
  ],
  ...['USR2', 'VTALRM', 'WINCH', 'XCPU', 'XFSZ', 'RTMIN', 'RTMAX'],
  ...Array.from({ length: 15 }, (_, index) => `RTMIN+${index + 1}`),
  ...Array.from({ length: 14 }, (_, index) => `RTMAX-${index + 1}`),
]);

/**
 * Whether STOPSIGNAL takes the text: a number other than 0, or a Linux signal name with or without `SIG`.
 * @see https://github.com/moby/sys/blob/main/signal/signal_linux.go
 */
export function isSignal(text: string): boolean {
  if (/^[+-]?\d+$/u.test(text)) return Number(text) !== 0;
  return names.has(text.toUpperCase().replace(/^SIG/u, ''));
}
