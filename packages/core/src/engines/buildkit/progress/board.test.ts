import { create } from '@bufbuild/protobuf';
import { describe, expect, test } from 'vitest';
import { type StatusResponse, StatusResponseSchema } from '../proto/generated/control_pb.ts';
import { createProgressBoard, type ProgressBoard } from './board.ts';

function board(): ProgressBoard {
  const rendered = {
    text: '',
    steps: [
      { line: 1, endLine: 1, stage: '', instruction: 'FROM busybox' },
      { line: 2, endLine: 2, stage: '', instruction: 'RUN make' },
    ],
  };
  return createProgressBoard({
    rendered,
    redact: (text) => text,
    holdBack: () => 0,
    clean: (text) => text.replaceAll('\u0007', ''),
  });
}

type Report = Parameters<typeof create<typeof StatusResponseSchema>>[1];

function report(init: Report): StatusResponse {
  return create(StatusResponseSchema, init);
}

const at = (seconds: number): { seconds: bigint; nanos: number } => ({
  seconds: BigInt(seconds),
  nanos: 500_000_000,
});
const run = { digest: 'd', name: '[2/2] RUN make' };

describe('createProgressBoard', () => {
  test('says nothing of a step that has not started', () => {
    expect(board().apply(report({ vertexes: [run] }))).toEqual([]);
  });

  test('tells start and end once, however often they are reported', () => {
    const progress = board();
    const started = report({ vertexes: [{ ...run, started: at(1) }] });
    expect(progress.apply(started).map(({ type }) => type)).toEqual(['started']);
    expect(progress.apply(started)).toEqual([]);
    const completed = report({ vertexes: [{ ...run, started: at(1), completed: at(2) }] });
    expect(progress.apply(completed)).toMatchObject([
      { type: 'completed', step: { dockerfileLine: 2 }, intervals: [{ startedMs: 1500, completedMs: 2500 }] },
    ]);
    expect(progress.apply(completed)).toEqual([]);
  });

  test('keeps both stretches of a step that ran twice', () => {
    const progress = board();
    progress.apply(report({ vertexes: [{ ...run, started: at(1), completed: at(2) }] }));
    const events = progress.apply(report({ vertexes: [{ ...run, started: at(5), completed: at(7) }] }));
    expect(events.at(-1)).toMatchObject({
      type: 'completed',
      intervals: [{ startedMs: 1500 }, { startedMs: 5500, completedMs: 7500 }],
    });
  });

  test('tells that a step came from the cache', () => {
    const events = board().apply(
      report({ vertexes: [{ ...run, cached: true, started: at(1), completed: at(1) }] }),
    );
    expect(events.map(({ type }) => type)).toEqual(['cached']);
  });

  test('tells the last lines of a step before its end', () => {
    const progress = board();
    progress.apply(report({ vertexes: [{ ...run, started: at(1) }] }));
    const events = progress.apply(
      report({
        vertexes: [{ ...run, started: at(1), completed: at(2) }],
        logs: [{ vertex: 'd', stream: 2n, msg: Buffer.from('line\nrest') }],
      }),
    );
    expect(
      events.map((event) => (event.type === 'log' ? `${event.stream} ${event.text}` : event.type)),
    ).toEqual(['stderr line', 'stderr rest', 'completed']);
  });

  test('finds the step that failed by itself', () => {
    const progress = board();
    progress.apply(
      report({
        vertexes: [
          {
            digest: 'x',
            name: '[1/2] FROM busybox',
            started: at(1),
            completed: at(2),
            error: 'context canceled',
          },
          { ...run, started: at(1), completed: at(2), error: 'exit code: 1' },
        ],
      }),
    );
    expect(progress.failed()?.step.name).toBe(run.name);
  });

  test('passes progress on and leaves an unknown total out', () => {
    const progress = board();
    progress.apply(report({ vertexes: [run] }));
    const events = progress.apply(
      report({
        statuses: [
          { id: 'sending', vertex: 'd', current: 5n },
          { id: 'layer', name: 'layer\u0007 1', vertex: 'd', current: 5n, total: 9n },
        ],
      }),
    );
    expect(events[0]).not.toHaveProperty('total');
    expect(events[1]).toMatchObject({ label: 'layer 1', current: 5, total: 9 });
  });

  test('ties a warning to its instruction', () => {
    const progress = board();
    const events = progress.apply(
      report({
        warnings: [{ vertex: 'd', short: Buffer.from('Watch out'), ranges: [{ start: { line: 2 } }] }],
      }),
    );
    expect(events).toEqual([{ type: 'warning', text: 'Watch out' }]);
  });

  test('ignores logs of steps nobody mentioned', () => {
    expect(board().apply(report({ logs: [{ vertex: '?', stream: 1n, msg: Buffer.from('x\n') }] }))).toEqual(
      [],
    );
  });
});
