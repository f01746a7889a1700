import { describe, expect, it } from 'vitest';
import { createAdd } from '../ast/add.ts';
import { createCopy } from '../ast/copy.ts';
import { createDockerfile } from '../ast/dockerfile.ts';
import { createFrom } from '../ast/from.ts';
import type { InstructionNode } from '../ast/index.ts';
import { createOnBuild } from '../ast/on-build.ts';
import type { Origin } from '../ast/origin.ts';
import { createRaw } from '../ast/raw.ts';
import { createRun } from '../ast/run.ts';
import { createStage } from '../ast/stage.ts';
import { createExpansion, createRawWord } from '../ast/word.ts';
import { contextReads } from './context-reads.ts';

const image: Origin = { kind: 'image', image: createRawWord('alpine:3') };
const variable = { kind: 'Variable', name: 'NAME' } as const;

function stageOf(instructions: readonly InstructionNode[], base: Origin = image, name?: string) {
  return createStage({ from: createFrom(name === undefined ? { base } : { base, name }), instructions });
}

function readsOf(...stages: ReturnType<typeof stageOf>[]) {
  return contextReads(createDockerfile({ directives: [], escape: '\\', args: [], stages }));
}

const run = { form: 'shell', script: 'make' } as unknown as Parameters<typeof createRun>[0]['command'];

describe('contextReads', () => {
  it('lists each source of COPY and ADD', () => {
    const reads = readsOf(
      stageOf([
        createCopy({ sources: ['package.json', 'src/*.ts'], dest: '/app/' }),
        createAdd({ sources: ['vendor.tar.gz'], dest: '/vendor' }),
      ]),
    );
    expect(reads).toEqual([
      { kind: 'copy', source: 'package.json' },
      { kind: 'copy', source: 'src/*.ts' },
      { kind: 'add', source: 'vendor.tar.gz' },
    ]);
  });

  it.each(['.', './', '/', '', '..', '../..'])('takes the source "%s" as the whole context', (source) => {
    expect(readsOf(stageOf([createCopy({ sources: [source], dest: '.' })]))).toEqual([
      { kind: 'copy', source, whole: true },
    ]);
  });

  it('keeps the excludes and the parents flag', () => {
    const copy = createCopy({ sources: ['a/./b/**'], dest: '.', parents: true, exclude: ['*.md'] });
    expect(readsOf(stageOf([copy]))).toEqual([
      { kind: 'copy', source: 'a/./b/**', parents: true, exclude: ['*.md'] },
    ]);
  });

  it('passes over other stages, by name, by number and in any case', () => {
    const copies = ['builder', 'BUILDER', '0'].map((name) =>
      createCopy({ from: { kind: 'name', name }, sources: ['/out'], dest: '/' }),
    );
    expect(
      readsOf(stageOf([], image, 'Builder'), stageOf(copies, { kind: 'name', name: 'builder' })),
    ).toEqual([]);
  });

  it('names the context of a named origin that is no stage', () => {
    const copy = createCopy({ from: { kind: 'context', name: 'assets' }, sources: ['logo.svg'], dest: '/' });
    const byName = createCopy({ from: { kind: 'name', name: 'docs' }, sources: ['.'], dest: '/' });
    expect(readsOf(stageOf([copy, byName], { kind: 'name', name: 'base' }))).toEqual([
      { kind: 'from', source: '.', whole: true, context: 'base' },
      { kind: 'copy', source: 'logo.svg', context: 'assets' },
      { kind: 'copy', source: '.', whole: true, context: 'docs' },
    ]);
  });

  it('reads what a variable may name', () => {
    const sources = [
      createExpansion(['src/', variable]),
      createExpansion(['app-', variable, '.tgz']),
      createExpansion([variable, '/x']),
      createRawWord('"my dir/$NAME"'),
      createRawWord('my\\ file'),
      createRawWord("'$literal'"),
    ];
    expect(
      readsOf(stageOf([createCopy({ sources, dest: '/' })])).map((read) => [read.source, read.whole]),
    ).toEqual([
      ['src/*', undefined],
      ['app-*', undefined],
      ['.', true],
      ['my dir/*', undefined],
      ['my file', undefined],
      ['$literal', undefined],
    ]);
  });

  it('reads nothing for URLs, git references and here-documents', () => {
    const sources = [
      'https://example.com/a.tgz',
      'git@github.com:a/b.git',
      'git://host/x',
      'ssh://git@host/x',
    ];
    const heredoc = createCopy({ sources: [], files: [{ name: 'EOF', data: 'text\n' }], dest: '/file' });
    expect(readsOf(stageOf([createAdd({ sources, dest: '/' }), heredoc]))).toEqual([]);
  });

  it('reads the sources of bind mounts, and only of those', () => {
    const node = createRun({
      command: run,
      mounts: [
        { type: 'bind', source: 'go.mod', target: '/src/go.mod' },
        { type: 'bind', target: '/src' },
        { type: 'bind', from: image, source: '/lib', target: '/lib' },
        { type: 'cache', target: '/cache' },
        { type: 'secret', id: 'token' },
        { type: 'raw', text: 'type=bind,source=conf/$NAME,target=/conf' },
        { type: 'raw', text: 'type=cache,target=/$NAME' },
        { type: 'raw', text: 'type=$KIND,source=a,target=/a' },
      ],
    });
    expect(readsOf(stageOf([node]))).toEqual([
      { kind: 'bind', source: 'go.mod' },
      { kind: 'bind', source: '.', whole: true },
      { kind: 'bind', source: 'conf/*' },
      { kind: 'bind', source: '.', whole: true },
    ]);
  });

  it('reads what ONBUILD triggers of a base stage read, where they fire', () => {
    const trigger = createOnBuild({ trigger: createCopy({ sources: ['app'], dest: '/' }) });
    expect(readsOf(stageOf([trigger], image, 'base'))).toEqual([]);
    expect(readsOf(stageOf([trigger], image, 'base'), stageOf([], { kind: 'name', name: 'BASE' }))).toEqual([
      { kind: 'copy', source: 'app' },
    ]);
  });

  it('takes a raw instruction as a reader of everything unless it is known to read nothing', () => {
    expect(readsOf(stageOf([createRaw({ text: 'COPY $A b' })]))).toEqual([
      { kind: 'copy', source: '.', whole: true },
    ]);
    expect(readsOf(stageOf([createRaw({ text: 'LABEL a=b' })]))).toEqual([]);
  });

  it('tells the place and the text of a parsed instruction', () => {
    const source = {
      location: { file: 'Dockerfile', line: 7, column: 1 },
      original: 'COPY a b',
      keyword: 'COPY',
      text: 'COPY a b',
      flags: [],
      args: ['a', 'b'],
      json: false,
      heredocs: [],
      comments: [],
      blankBefore: false,
    };
    expect(readsOf(stageOf([createCopy({ sources: ['a'], dest: 'b', source })]))).toEqual([
      { kind: 'copy', source: 'a', where: source.location, instruction: 'COPY a b', line: 7 },
    ]);
  });
});
