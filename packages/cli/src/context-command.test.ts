import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { final } from '@stagecraft/core';
import { expect, test } from 'vitest';
import { explainImage, showExplanation } from './context-command.ts';

test('tells of every file whether it travels, and why', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'stagecraft-context-'));
  try {
    writeFileSync(join(directory, 'app.js'), 'x'.repeat(1500));
    writeFileSync(join(directory, 'notes.txt'), 'x');
    writeFileSync(join(directory, 'debug.log'), 'x');
    writeFileSync(join(directory, '.dockerignore'), '*.log\n');
    const image = final().from('node:24').copy(['app.js', 'debug.log'], '/app/');
    const text = showExplanation(await explainImage(image, directory));
    expect(text).toContain('1.5kB  app.js  COPY app.js');
    expect(text).toContain('notes.txt  read by no instruction');
    expect(text).toContain('debug.log  ignored by "*.log" (line 1)');
  } finally {
    rmSync(directory, { recursive: true });
  }
});
