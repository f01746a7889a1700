const unitNanoseconds: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/**
 * A Go duration such as `1m30s` in nanoseconds; undefined for text that is none.
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function parseGoDuration(text: string): number | undefined {
  const unsigned = text.replace(/^[+-]/u, '');
  if (unsigned === '0') return 0;
  const parts = [...unsigned.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/gu)];
  if (unsigned === '' || parts.map(([part]) => part).join('') !== unsigned) return undefined;
  const total = parts.reduce((sum, [, amount, unit]) => sum + toNanoseconds(amount ?? '0', unit ?? 's'), 0);
  return text.startsWith('-') ? -total : total;
}

function toNanoseconds(amount: string, unit: string): number {
  const [whole = '0', fraction = ''] = amount.split('.');
  const scale = unitNanoseconds[unit] ?? 1;
  return Number(whole) * scale + Math.trunc(Number(`0.${fraction || '0'}`) * scale);
}
