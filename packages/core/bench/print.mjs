// How long printing takes as graphs grow: the cost of one instruction must not grow with their number.
import { final, toDockerfile, toGraph } from '@stagecraft/core';
import { hold, medianMicroseconds } from './support/measure.mjs';

const sizes = [10, 100, 1_000, 10_000];

/** @param {number} count */
function chain(count) {
  let image = final().from('debian:trixie-slim');
  for (let index = 1; index < count; index += 1) image = addInstruction(image, index);
  return image;
}

/**
 * @param {ReturnType<typeof chain>} image
 * @param {number} index
 */
function addInstruction(image, index) {
  if (index % 4 === 0) return image.env({ [`NAME_${index}`]: `value with spaces ${index}` });
  if (index % 4 === 1) return image.run(`echo "step ${index}" > /tmp/step`);
  if (index % 4 === 2) return image.copy([`file-${index}.txt`, 'other file.txt'], '/srv/');
  return image.label({ [`org.example.label-${index}`]: 'a "quoted" value' });
}

console.log('instructions   build the chain        print    print per instruction');
/** @type {Map<number, number>} */
const perInstruction = new Map();
for (const count of sizes) {
  const build = medianMicroseconds(() => chain(count), { rounds: 5 });
  const graph = toGraph(chain(count));
  const print = medianMicroseconds(() => toDockerfile(graph));
  perInstruction.set(count, print / count);
  const columns = [
    count.toLocaleString('en'),
    `${build.toFixed(0)} µs`,
    `${print.toFixed(0)} µs`,
    `${(print / count).toFixed(2)} µs`,
  ];
  console.log(
    `${columns[0]?.padStart(12)} ${columns[1]?.padStart(16)} ${columns[2]?.padStart(12)} ${columns[3]?.padStart(24)}`,
  );
}
// Linear growth is 1, quadratic growth would be 10.
const growth = (perInstruction.get(10_000) ?? 0) / (perInstruction.get(1_000) ?? 1);
hold('cost of one instruction among 10,000, compared with 1,000', growth, { atMost: 3 });
