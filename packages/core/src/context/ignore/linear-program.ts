import type { ByteString } from '../bytes.ts';
import { type CharacterSet, isWordCharacter, notNewline, single } from './character-set.ts';
import { decodeAt } from './code-point.ts';
import type { Assertion, Step } from './parse-expression.ts';

/**
 * An expression as lines of states, one line an alternative and one bit a state. All states advance together, 32 at
 * a time, so a path costs its length times the words of the program, whatever the pattern is.
 */
export interface LinearProgram {
  readonly sets: readonly (CharacterSet | undefined)[];
  /** States that stay active when their character is taken. */
  readonly looping: Uint32Array;
  /** States that may be left without taking a character. */
  readonly skippable: Uint32Array;
  /** States of which the third next may be entered, too: they stand before an optional group. */
  readonly jumping: Uint32Array;
  /** Whether there are assertions elsewhere than at the ends of alternatives, and where. */
  readonly hasAssertions: boolean;
  readonly asserting: Readonly<Partial<Record<Assertion, Uint32Array>>>;
  /** First states of the alternatives that only start where the path does, and of the others. */
  readonly anchoredStarts: Uint32Array;
  readonly floatingStarts: Uint32Array;
  readonly floats: boolean;
  /** Last states of the alternatives that only end where the path does, and of the others. */
  readonly anchoredEnds: Uint32Array;
  readonly floatingEnds: Uint32Array;
  /** For each code point seen so far, the states that take it. */
  readonly taking: Map<number, Uint32Array>;
}

/** Group of "any directories": a state before it, one that takes anything, one that takes the slash. */
const groupStates = 3;
/** Stands for the character before the first and after the last. */
const outside = -1;
const slash = 0x2f;

export function compileAlternatives(alternatives: readonly (readonly Step[])[]): LinearProgram {
  const lines = alternatives.map(toLine);
  const states = lines.reduce((sum, line) => sum + line.states + 1, 0);
  const mask = (): Uint32Array => new Uint32Array((states >>> 5) + 1);
  const program = {
    sets: new Array<CharacterSet | undefined>(states).fill(undefined),
    looping: mask(),
    skippable: mask(),
    jumping: mask(),
    hasAssertions: lines.some((line) => line.steps.some((step) => step.kind === 'assertion')),
    asserting: {},
    anchoredStarts: mask(),
    floatingStarts: mask(),
    floats: lines.some((line) => !line.anchoredStart),
    anchoredEnds: mask(),
    floatingEnds: mask(),
    taking: new Map<number, Uint32Array>(),
  };
  let state = 0;
  for (const line of lines) {
    setBit(line.anchoredStart ? program.anchoredStarts : program.floatingStarts, state);
    for (const step of line.steps) {
      addStep(program, step, state);
      state += statesOf(step);
    }
    setBit(line.anchoredEnd ? program.anchoredEnds : program.floatingEnds, state);
    state += 1;
  }
  return program;
}

/** One alternative, without the assertions at its ends. */
interface Line {
  readonly steps: readonly Step[];
  readonly states: number;
  readonly anchoredStart: boolean;
  readonly anchoredEnd: boolean;
}

function toLine(alternative: readonly Step[]): Line {
  const anchoredStart = isAssertion(alternative[0], 'begin');
  const anchoredEnd = isAssertion(alternative.at(-1), 'end');
  const steps = alternative
    .slice(anchoredStart ? 1 : 0, anchoredEnd ? -1 : alternative.length)
    // Twice any directories is any directories.
    .filter((step, index, all) => step.kind !== 'directories' || all[index - 1]?.kind !== step.kind);
  return { steps, states: steps.reduce((sum, step) => sum + statesOf(step), 0), anchoredStart, anchoredEnd };
}

function isAssertion(step: Step | undefined, assertion: Assertion): boolean {
  return step?.kind === 'assertion' && step.assertion === assertion;
}

function statesOf(step: Step): number {
  return step.kind === 'directories' ? groupStates : 1;
}

type Building = Pick<LinearProgram, 'looping' | 'skippable' | 'jumping'> & {
  readonly sets: (CharacterSet | undefined)[];
  readonly asserting: Partial<Record<Assertion, Uint32Array>>;
};

function addStep(program: Building, step: Step, state: number): void {
  if (step.kind === 'directories') addGroup(program, state);
  else if (step.kind === 'assertion') {
    program.asserting[step.assertion] ??= new Uint32Array(program.looping.length);
    setBit(program.asserting[step.assertion], state);
  } else {
    program.sets[state] = step.set;
    if (step.repeat === 'any') setBit(program.looping, state);
    if (step.repeat !== 'once') setBit(program.skippable, state);
  }
}

function addGroup(program: Building, state: number): void {
  setBit(program.skippable, state);
  setBit(program.jumping, state);
  setBit(program.looping, state + 1);
  setBit(program.skippable, state + 1);
  program.sets[state + 1] = notNewline;
  program.sets[state + 2] = single(slash);
}

function setBit(mask: Uint32Array | undefined, bit: number): void {
  if (mask !== undefined) mask[bit >>> 5] = (mask[bit >>> 5] ?? 0) | (1 << (bit & 31));
}

function addAll(target: Uint32Array, more: Uint32Array): void {
  for (let word = 0; word < target.length; word += 1) target[word] = (target[word] ?? 0) | (more[word] ?? 0);
}

function intersects(left: Uint32Array, right: Uint32Array): boolean {
  for (let word = 0; word < left.length; word += 1)
    if (((left[word] ?? 0) & (right[word] ?? 0)) !== 0) return true;
  return false;
}

/** Whether the program matches `path`, or one of its parent directories when `parents` is set. */
export function runProgram(program: LinearProgram, path: ByteString, parents: boolean): boolean {
  const active = program.anchoredStarts.slice();
  let previous = outside;
  for (let index = 0; ; ) {
    if (program.floats) addAll(active, program.floatingStarts);
    const { codePoint, size } = index < path.length ? decodeAt(path, index) : end;
    const ends = size === 0 || (parents && index > 0 && codePoint === slash);
    if (ends && acceptsAtEnd(program, active, previous)) return true;
    if (size === 0) return false;
    close(program, active, previous, codePoint);
    // Matched without reaching the end: every longer path matches, too.
    if (intersects(active, program.floatingEnds)) return true;
    if (!advance(active, takingOf(program, codePoint), program.looping) && !program.floats) return false;
    previous = codePoint;
    index += size;
  }
}

const end = { codePoint: outside, size: 0 };

function acceptsAtEnd(program: LinearProgram, active: Uint32Array, previous: number): boolean {
  const ending = active.slice();
  close(program, ending, previous, outside);
  return intersects(ending, program.anchoredEnds) || intersects(ending, program.floatingEnds);
}

function takingOf(program: LinearProgram, codePoint: number): Uint32Array {
  const known = program.taking.get(codePoint);
  if (known !== undefined) return known;
  const mask = new Uint32Array(program.looping.length);
  for (const [state, set] of program.sets.entries()) if (set?.(codePoint)) setBit(mask, state);
  program.taking.set(codePoint, mask);
  return mask;
}

/** Takes one character; false when no state is left. */
function advance(active: Uint32Array, taking: Uint32Array, looping: Uint32Array): boolean {
  let carry = 0;
  let left = 0;
  for (let word = 0; word < active.length; word += 1) {
    const taken = (active[word] ?? 0) & (taking[word] ?? 0);
    const loops = looping[word] ?? 0;
    const moved = taken & ~loops;
    const next = (taken & loops) | (moved << 1) | carry;
    carry = moved >>> 31;
    active[word] = next;
    left |= next;
  }
  return left !== 0;
}

/** Adds every state that can be reached without taking a character. */
function close(program: LinearProgram, active: Uint32Array, previous: number, next: number): void {
  const passable = passableStates(program, previous, next);
  for (let changed = true; changed; ) {
    changed = false;
    let carry = 0;
    let jumped = 0;
    for (let word = 0; word < active.length; word += 1) {
      const before = active[word] ?? 0;
      const skippable = passable[word] ?? 0;
      // Adding an active state to a run of skippable ones carries to the first state after the run.
      const entering = (before | carry | jumped) >>> 0;
      const sum = skippable + ((entering & skippable) >>> 0);
      const passed = (entering | ((sum >>> 0) ^ skippable)) >>> 0;
      const jumps = (passed & (program.jumping[word] ?? 0)) >>> 0;
      carry = sum > 0xffffffff ? 1 : 0;
      jumped = jumps >>> (32 - groupStates);
      active[word] = passed | (jumps << groupStates);
      // Only a jump can reach a state whose run was already added up.
      if (jumps !== 0 && (active[word] ?? 0) !== before) changed = true;
    }
  }
}

/** States that may be left here: the skippable ones, and the assertions that hold between the two characters. */
function passableStates(program: LinearProgram, previous: number, next: number): Uint32Array {
  const { asserting, skippable } = program;
  if (!program.hasAssertions) return skippable;
  const wordBoundary =
    (previous !== outside && isWordCharacter(previous)) !== (next !== outside && isWordCharacter(next));
  const holding = [
    wordBoundary ? asserting.boundary : asserting.notBoundary,
    previous === outside ? asserting.begin : undefined,
    next === outside ? asserting.end : undefined,
  ].filter((mask) => mask !== undefined);
  if (holding.length === 0) return skippable;
  return skippable.map((bits, word) => holding.reduce((sum, mask) => sum | (mask[word] ?? 0), bits));
}
