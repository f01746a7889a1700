import type { ByteString } from '../bytes.ts';
import { type CharacterSet, isWordCharacter, notNewline, single } from './character-set.ts';
import { decodeAt } from './code-point.ts';
import type { Assertion, Step } from './parse-expression.ts';

/**
 * An alternative as a line of states, one bit each. All states advance together, 32 at a time, so a path costs
 * its length times the words of the program, whatever the pattern is.
 */
export interface LinearProgram {
  readonly states: number;
  readonly sets: readonly (CharacterSet | undefined)[];
  /** States that stay active when their character is taken. */
  readonly looping: Uint32Array;
  /** States that may be left without taking a character. */
  readonly skippable: Uint32Array;
  /** States of which the second next may be entered, too: they stand before an optional group. */
  readonly jumping: Uint32Array;
  /** Whether there are assertions elsewhere than at the two ends, and where. */
  readonly hasAssertions: boolean;
  readonly asserting: Readonly<Partial<Record<Assertion, Uint32Array>>>;
  /** Whether a match can only start at the start of the path. */
  readonly anchoredStart: boolean;
  /** Whether a match can only end at the end of the path. */
  readonly anchoredEnd: boolean;
  /** For each code point seen so far, the states that take it. */
  readonly taking: Map<number, Uint32Array>;
}

/** Group of "any directories": a state before it, one that takes anything, one that takes the slash. */
const groupStates = 3;
/** Stands for the character before the first and after the last. */
const outside = -1;
const slash = 0x2f;

export function compileSteps(steps: readonly Step[]): LinearProgram {
  const anchoredStart = isAssertion(steps[0], 'begin');
  const anchoredEnd = isAssertion(steps.at(-1), 'end');
  const line = steps
    .slice(anchoredStart ? 1 : 0, anchoredEnd ? -1 : steps.length)
    .filter((step, index, all) => step.kind !== 'directories' || all[index - 1]?.kind !== step.kind);
  const states = line.reduce((sum, step) => sum + statesOf(step), 0);
  const words = (states >>> 5) + 1;
  const program = {
    states,
    sets: new Array<CharacterSet | undefined>(states).fill(undefined),
    looping: new Uint32Array(words),
    skippable: new Uint32Array(words),
    jumping: new Uint32Array(words),
    hasAssertions: line.some((step) => step.kind === 'assertion'),
    asserting: {},
    anchoredStart,
    anchoredEnd,
    taking: new Map<number, Uint32Array>(),
  };
  let state = 0;
  for (const step of line) {
    addStep(program, step, state);
    state += statesOf(step);
  }
  return program;
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

function hasBit(mask: Uint32Array, bit: number): boolean {
  return ((mask[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;
}

/** Whether the program matches `path`, or one of its parent directories when `parents` is set. */
export function runProgram(program: LinearProgram, path: ByteString, parents: boolean): boolean {
  const active = new Uint32Array(program.looping.length);
  let previous = outside;
  for (let index = 0; ; ) {
    if (index === 0 || !program.anchoredStart) active[0] = (active[0] ?? 0) | 1;
    const { codePoint, size } = index < path.length ? decodeAt(path, index) : end;
    const ends = size === 0 || (parents && index > 0 && codePoint === slash);
    if (ends && acceptsAtEnd(program, active, previous)) return true;
    if (size === 0) return false;
    close(program, active, previous, codePoint);
    // Matched without reaching the end: every longer path matches, too.
    if (!program.anchoredEnd && hasBit(active, program.states)) return true;
    if (!advance(active, takingOf(program, codePoint), program.looping) && program.anchoredStart)
      return false;
    previous = codePoint;
    index += size;
  }
}

const end = { codePoint: outside, size: 0 };

function acceptsAtEnd(program: LinearProgram, active: Uint32Array, previous: number): boolean {
  const ending = active.slice();
  close(program, ending, previous, outside);
  return hasBit(ending, program.states);
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
