import { fail } from './fail.ts';

/**
 * The `port/protocol` keys an EXPOSE word stands for: `[ip:][host:]port[-port][/protocol]`.
 * @see https://github.com/moby/buildkit/blob/master/frontend/dockerfile/dockerfile2llb/convert_expose.go
 */
export function parsePorts(text: string): readonly string[] {
  const parts = text.split(':');
  const containerPort = parts.at(-1) ?? '';
  const hostPort = parts.at(-2) ?? '';
  const slash = containerPort.indexOf('/');
  const port = slash < 0 ? containerPort : containerPort.slice(0, slash);
  const protocol = slash < 0 ? 'tcp' : containerPort.slice(slash + 1).toLowerCase() || 'tcp';
  if (port === '') fail(`EXPOSE "${text}" names no port.`);
  if (!['tcp', 'udp', 'sctp'].includes(protocol)) {
    fail(`EXPOSE "${text}" has the unknown protocol "${protocol}".`, 'Use tcp, udp or sctp.');
  }
  checkAddress(parts.slice(0, -2).join(':'), text);
  const [start, end] = parseRange(port, text);
  if (hostPort !== '') checkHostRange(parseRange(hostPort, text), [start, end], text);
  return Array.from({ length: end - start + 1 }, (_, index) => `${start + index}/${protocol}`);
}

type Range = readonly [start: number, end: number];

function parseRange(text: string, whole: string): Range {
  const match = /^(\d+)(?:-(\d+))?$/u.exec(text);
  const start = Number(match?.[1]);
  const end = match?.[2] === undefined ? start : Number(match[2]);
  if (match === null || start > 65_535 || end > 65_535 || end < start) {
    fail(
      `EXPOSE "${whole}" has the invalid port "${text}".`,
      'Use a number from 0 to 65535, or a range such as "8000-8010".',
    );
  }
  return [start, end];
}

function checkHostRange(host: Range, container: Range, text: string): void {
  const containerSize = container[1] - container[0];
  if (containerSize !== host[1] - host[0] && containerSize !== 0) {
    fail(`EXPOSE "${text}" has ranges of different length.`);
  }
}

function checkAddress(address: string, text: string): void {
  const bare = /^\[(.*)\]$/u.exec(address)?.[1] ?? address;
  if (bare === '' || isIpv4(bare) || isIpv6(bare)) return;
  fail(`EXPOSE "${text}" has the invalid address "${bare}".`);
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return (
    parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/u.test(part) && Number(part) < 256)
  );
}

function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (!text.includes(':') || halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const tail = groups.at(-1) ?? '';
  const size = groups.length + (tail.includes('.') ? 1 : 0);
  const valid = groups.every(
    (group, index) => /^[0-9a-fA-F]{1,4}$/u.test(group) || (index === groups.length - 1 && isIpv4(group)),
  );
  return valid && (halves.length === 2 ? size < 8 : size === 8);
}
