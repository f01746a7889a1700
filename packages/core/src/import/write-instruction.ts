import type { AddNode } from '../ast/add.ts';
import type { Command } from '../ast/command.ts';
import type { CopyNode } from '../ast/copy.ts';
import type { KeyValue } from '../ast/env.ts';
import type { InstructionKind, InstructionMap, InstructionNode } from '../ast/index.ts';
import type { Mount } from '../ast/mount.ts';
import type { Origin } from '../ast/origin.ts';
import type { RunNode } from '../ast/run.ts';
import type { Word } from '../ast/word.ts';
import type { Names } from './names.ts';
import { writeCall, writeOptions, writeString, writeWord } from './write-value.ts';

/** Undefined: the fluent calls can't say exactly this, so it is written as `raw`. */
type Writers = {
  readonly [K in InstructionKind]: (node: InstructionMap[K], names: Names) => string | undefined;
};

const writers: Writers = {
  Add: writeAdd,
  Arg: (node, names) =>
    node.args
      .map(({ name, default: value, global }, index) => {
        const declaration = node.args[index];
        if (global === true && declaration !== undefined)
          return writeCall('arg', names.argument(declaration));
        return writeCall('arg', writeString(name), value === undefined ? '' : writeWord(value, names));
      })
      .join('\n  '),
  Cmd: (node) => writeCommand('cmd', node.command),
  Copy: writeCopy,
  Entrypoint: (node) => writeCommand('entrypoint', node.command),
  Env: (node, names) => writePairs('env', node.pairs, names),
  Expose: (node, names) => writeCall('expose', ...node.ports.map((port) => writeWord(port, names))),
  HealthCheck: (node) => {
    if (node.command === undefined) return writeCall('healthcheck', 'false');
    const { interval, timeout, startPeriod, startInterval, retries } = node;
    const times = Object.entries({ interval, timeout, startPeriod, startInterval }).map(
      ([key, text]) => [key, text === undefined ? undefined : writeString(text)] as const,
    );
    const options = writeOptions({ ...Object.fromEntries(times), retries: retries?.toString() });
    return writeCommand('healthcheck', node.command, options);
  },
  Label: (node, names) => writePairs('label', node.pairs, names),
  Maintainer: (node) => writeCall('maintainer', writeString(node.name)),
  OnBuild: (node, names) => {
    if (originText(node.trigger) !== undefined) return undefined;
    const trigger = writeInstruction(node.trigger, names);
    return trigger === undefined ? undefined : writeCall('onBuild', `(on) => on${trigger}`);
  },
  Raw: (node) => writeCall('raw', writeString(node.text)),
  Run: writeRun,
  Shell: (node) => writeCall('shell', writeList(node.argv)),
  StopSignal: (node, names) => writeCall('stopSignal', writeWord(node.signal, names)),
  User: (node, names) => writeCall('user', writeWord(node.user, names)),
  Volume: (node, names) => writeCall('volume', ...node.paths.map((path) => writeWord(path, names))),
  Workdir: (node, names) => writeCall('workdir', writeWord(node.path, names)),
};

/** One fluent call; undefined for what only `raw` can say. */
export function writeInstruction<K extends InstructionKind>(
  node: InstructionMap[K],
  names: Names,
): string | undefined {
  const write: Writers[K] = writers[node.kind as K];
  return write(node, names);
}

function originText(node: InstructionNode): string | undefined {
  return node.kind === 'Copy' && node.from !== undefined ? 'from' : undefined;
}

function writeList(items: readonly string[]): string {
  return `[${items.map(writeString).join(', ')}]`;
}

function writeCommand(method: string, command: Command, options = ''): string | undefined {
  if (command.form === 'exec') return writeCall(method, writeList(command.argv), options);
  if (command.form === 'script') return undefined;
  const [text, ...others] = command.commands;
  if (typeof text !== 'string' || others.length > 0) return undefined;
  return writeCall(method, writeString(text), options);
}

function writePairs(method: string, pairs: readonly KeyValue[], names: Names): string | undefined {
  const keys = pairs.map(([key]) => key);
  const plain = keys.every((key) => typeof key === 'string' && !/^\d+$/u.test(key) && key !== '__proto__');
  if (!plain || new Set(keys).size < keys.length) return undefined;
  const [first] = pairs;
  if (pairs.length === 1 && first !== undefined) {
    return writeCall(method, writeWord(first[0], names), writeWord(first[1], names));
  }
  return writeCall(
    method,
    `{ ${pairs.map(([key, value]) => `${writeKey(key)}: ${writeWord(value, names)}`).join(', ')} }`,
  );
}

function writeKey(key: Word): string {
  const text = String(key);
  return /^[A-Za-z_$][\w$]*$/u.test(text) ? text : writeString(text);
}

function writeOrigin(origin: Origin, names: Names): string {
  if (origin.kind === 'stage') return names.stage(origin.stage);
  names.use(origin.kind === 'context' ? 'context' : 'image');
  if (origin.kind === 'context') return `context(${writeString(origin.name)})`;
  return `image(${origin.kind === 'name' ? writeString(origin.name) : writeWord(origin.image, names)})`;
}

function transferArguments(node: CopyNode | AddNode, names: Names): readonly string[] | undefined {
  const { sources, files = [], dest, chown, chmod, link, exclude } = node;
  const written = [
    ...files.map((file) => {
      names.use('inline');
      return `inline(${writeWord(file.data, names)}, { name: ${writeString(file.name ?? 'EOF')} })`;
    }),
    ...sources.map((source) => writeWord(source, names)),
  ];
  if (addsSlash(node) || [...sources, dest].some(isRaw) || files.some(({ data }) => isRaw(data)))
    return undefined;
  const word = (value: Word | undefined): string | undefined =>
    value === undefined ? undefined : writeWord(value, names);
  const options = writeOptions({
    chown: word(chown),
    chmod: word(chmod),
    link: link?.toString(),
    exclude: exclude === undefined ? undefined : writeList(exclude),
    ...('parents' in node ? { parents: node.parents?.toString() } : {}),
    ...(node.kind === 'Add'
      ? {
          checksum: word(node.checksum),
          keepGitDir: node.keepGitDir?.toString(),
          unpack: node.unpack?.toString(),
        }
      : {}),
  });
  const list = written.length === 1 ? (written[0] ?? '') : `[${written.join(', ')}]`;
  return [list, writeWord(dest, names), options];
}

/** The fluent call would give the destination a slash that the file does not have. */
function addsSlash({ sources, files = [], dest }: CopyNode | AddNode): boolean {
  const several =
    sources.length + files.length > 1 ||
    sources.some((source) => typeof source === 'string' && /[*?]/u.test(source));
  return several && !(typeof dest === 'string' && (dest.endsWith('/') || dest === '.'));
}

function isRaw(word: Word): boolean {
  return typeof word !== 'string' && word.kind === 'RawWord';
}

function writeCopy(node: CopyNode, names: Names): string | undefined {
  const args = transferArguments(node, names);
  if (args === undefined || (node.from !== undefined && node.files !== undefined)) return undefined;
  return node.from === undefined
    ? writeCall('copy', ...args)
    : writeCall('copyFrom', writeOrigin(node.from, names), ...args);
}

function writeAdd(node: AddNode, names: Names): string | undefined {
  const args = transferArguments(node, names);
  return args === undefined ? undefined : writeCall('add', ...args);
}

function writeRun(node: RunNode, names: Names): string | undefined {
  const { command, mounts = [], network, security, devices } = node;
  const written = mounts.map((mount) => (mount.type === 'raw' ? undefined : writeMount(mount, names)));
  const body = writeRunCommand(command);
  if (body === undefined || written.includes(undefined)) return undefined;
  const options = writeOptions({
    mounts: mounts.length === 0 ? undefined : `[${written.join(', ')}]`,
    network: network === undefined ? undefined : writeString(network),
    security: security === undefined ? undefined : writeString(security),
    devices: devices === undefined ? undefined : JSON.stringify(devices),
  });
  return writeCall('run', body, options);
}

function writeRunCommand(command: Command): string | undefined {
  if (command.form === 'exec') return command.argv.length === 0 ? undefined : writeList(command.argv);
  if (command.form === 'script') return `{ kind: 'Script', body: ${writeString(String(command.body))} }`;
  const [text] = command.commands;
  if (command.heredocs !== undefined || command.commands.length !== 1 || typeof text !== 'string')
    return undefined;
  return writeString(text);
}

function writeMount(mount: Mount, names: Names): string | undefined {
  names.use('mount');
  const { type, from, id, target, readOnly, required } = mount;
  const word = (value: Word | undefined): string | undefined =>
    value === undefined ? undefined : writeWord(value, names);
  const shared = {
    source: word(mount.source),
    readOnly: readOnly?.toString(),
    mode: word(mount.mode),
    uid: word(mount.uid),
    gid: word(mount.gid),
  };
  if (type === 'bind') {
    names.use('context');
    if (target === undefined) return undefined;
    const origin = from === undefined ? 'context()' : writeOrigin(from, names);
    return `mount.bind(${origin}, ${writeOptions({ target: word(target), source: shared.source, readOnly: shared.readOnly })})`;
  }
  if (type === 'cache') {
    if (target === undefined) return undefined;
    const origin = from === undefined ? undefined : writeOrigin(from, names);
    const sharing = mount.sharing === undefined ? undefined : writeString(mount.sharing);
    return `mount.cache(${callArguments(writeWord(target, names), writeOptions({ id: word(id), sharing, from: origin, ...shared }))})`;
  }
  if (type === 'tmpfs') {
    if (target === undefined || readOnly !== undefined) return undefined;
    return `mount.tmpfs(${callArguments(writeWord(target, names), writeOptions({ size: word(mount.size) }))})`;
  }
  if (mount.source !== undefined || readOnly !== undefined) return undefined;
  const { mode, uid, gid } = shared;
  const rest = { target: word(target), mode, uid, gid, required: (required ?? false).toString() };
  if (type === 'ssh') return `mount.ssh(${writeOptions({ id: word(id), ...rest })})`;
  if (id === undefined) return undefined;
  return `mount.secret(${writeWord(id, names)}, ${writeOptions({ ...rest, env: word(mount.env) })})`;
}

function callArguments(...args: readonly string[]): string {
  return args.filter((argument) => argument !== '').join(', ');
}
