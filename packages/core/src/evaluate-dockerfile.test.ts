import { expect, test } from 'vitest';
import { evaluate, final, stage } from './index.ts';
import { parseDockerfile } from './parse/parse-dockerfile.ts';

test('a stage of the fluent API evaluates like the Dockerfile it prints', () => {
  const builder = stage('builder').from('golang').workdir('/src').run('go build');
  const image = final()
    .from('scratch')
    .copyFrom(builder, '/src/app', '/app')
    .env({ A: '$x "y"' })
    .cmd(['/app']);
  const { image: config, stages, runs, files } = evaluate(image);
  expect({ Cmd: config.Cmd, Env: config.Env?.at(-1), stages }).toEqual({
    Cmd: ['/app'],
    Env: 'A=$x "y"',
    stages: [0, 1],
  });
  expect(runs).toMatchObject([{ args: ['/bin/sh', '-c', 'go build'], cwd: '/src' }]);
  expect(files).toEqual([{ action: 'copy', src: '/src/app', dest: '/app' }]);
});

test('a trigger that was built is stored as its text', () => {
  const base = final()
    .from('scratch')
    .onBuild((child) => child.env({ A: 'b c' }));
  expect(evaluate(base).image.OnBuild).toEqual(['ENV A="b c"']);
});

test('a trigger is read with a backslash as escape token, whatever the file says', () => {
  const file = parseDockerfile('# escape=`\nFROM x AS a\nONBUILD ENV A=b\\$c\nFROM a\n');
  expect(evaluate(file).image.Env?.at(-1)).toBe('A=b$c');
});

test('triggers of a base image come from its configuration', () => {
  const images = {
    base: { os: 'linux', architecture: 'amd64', config: { OnBuild: ['WORKDIR /w', 'RUN x'] } },
  };
  expect(evaluate(parseDockerfile('FROM base\n'), { images }).runs).toMatchObject([{ cwd: '/w' }]);
  const broken = { base: { ...images.base, config: { OnBuild: ['ENV A=1\nENV B=2'] } } };
  expect(() => evaluate(parseDockerfile('ARG A\nFROM base\n'), { images: broken })).toThrow(
    expect.objectContaining({ code: 'evaluation-error', where: expect.objectContaining({ line: 2 }) }),
  );
});

test('an error names the line of the instruction', () => {
  expect(() => evaluate(parseDockerfile('FROM x\n\nENV A=${B:?need}\n'))).toThrow(
    expect.objectContaining({
      message: 'Can\'t expand "${B:?need}": B: need.',
      where: expect.objectContaining({ line: 3 }),
    }),
  );
});
