const { createServer } = require('node:http');
const ms = require('ms');

if (process.argv[2] === '--once') {
  console.log(`an hour is ${ms('1h')} ms`);
} else {
  const server = createServer((_, response) => response.end('hello\n'));
  server.listen(3000);
  process.on('SIGTERM', () => server.close());
}
