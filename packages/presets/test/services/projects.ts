/** Small web services that answer "hello" on port 8080 and end on SIGTERM (Go's runtime does that by itself), one a language, as files of a project. */
export const projects = {
  go: {
    'go.mod': 'module example.com/hello\n\ngo 1.24\n',
    'main.go': `package main

import "syscall"

func main() {
	listener, _ := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	if syscall.Bind(listener, &syscall.SockaddrInet4{Port: 8080}) != nil || syscall.Listen(listener, 16) != nil {
		syscall.Exit(1)
	}
	for {
		client, _, problem := syscall.Accept(listener)
		if problem != nil {
			continue
		}
		syscall.Read(client, make([]byte, 1024))
		syscall.Write(client, []byte("HTTP/1.1 200 OK\\r\\nContent-Length: 5\\r\\nConnection: close\\r\\n\\r\\nhello"))
		syscall.Close(client)
	}
}
`,
  },
  site: { 'public/index.html': 'hello' },
  node: {
    'package.json': JSON.stringify({
      name: 'hello',
      version: '1.0.0',
      main: 'dist/server.js',
      scripts: { build: 'mkdir -p dist && cp src/server.js dist/' },
      dependencies: { ms: '2.1.3' },
      devDependencies: { 'is-odd': '3.0.1' },
    }),
    'package-lock.json': JSON.stringify({
      name: 'hello',
      version: '1.0.0',
      lockfileVersion: 3,
      requires: true,
      packages: {
        '': {
          name: 'hello',
          version: '1.0.0',
          dependencies: { ms: '2.1.3' },
          devDependencies: { 'is-odd': '3.0.1' },
        },
        'node_modules/is-number': { version: '6.0.0', dev: true },
        'node_modules/is-odd': { version: '3.0.1', dev: true, dependencies: { 'is-number': '^6.0.0' } },
        'node_modules/ms': { version: '2.1.3' },
      },
    }),
    'src/server.js': `
      require('ms');
      const server = require('node:http').createServer((_, response) => response.end('hello'));
      server.listen(8080);
      process.on('SIGTERM', () => process.exit(0));
    `,
  },
  shop: {
    'package.json': JSON.stringify({ name: 'shop', private: true, packageManager: 'pnpm@10.34.9' }),
    'pnpm-workspace.yaml': 'packages:\n  - packages/*\n  - services/*\n',
    'pnpm-lock.yaml': [
      "lockfileVersion: '9.0'",
      'settings:',
      '  autoInstallPeers: true',
      '  excludeLinksFromLockfile: false',
      'importers:',
      '  .: {}',
      '  packages/hello: {}',
      '  packages/other: {}',
      '  services/api:',
      '    dependencies:',
      "      '@shop/hello':",
      '        specifier: workspace:*',
      '        version: link:../../packages/hello',
      '',
    ].join('\n'),
    'packages/hello/package.json': JSON.stringify({
      name: '@shop/hello',
      version: '1.0.0',
      main: 'index.js',
    }),
    'packages/hello/index.js': "module.exports = 'hello';\n",
    'packages/other/package.json': JSON.stringify({ name: '@shop/other', version: '1.0.0' }),
    'services/api/package.json': JSON.stringify({
      name: 'api',
      version: '1.0.0',
      main: 'dist/server.js',
      files: ['dist'],
      scripts: { build: 'mkdir -p dist && cp src/server.js dist/' },
      dependencies: { '@shop/hello': 'workspace:*' },
    }),
    'services/api/src/server.js': `
      const hello = require('@shop/hello');
      require('node:http').createServer((_, response) => response.end(hello)).listen(8080);
      process.on('SIGTERM', () => process.exit(0));
    `,
  },
  market: {
    'package.json': JSON.stringify({
      name: 'market',
      private: true,
      workspaces: ['packages/*', 'services/*'],
    }),
    'package-lock.json': JSON.stringify({
      name: 'market',
      lockfileVersion: 3,
      requires: true,
      packages: {
        '': { name: 'market', workspaces: ['packages/*', 'services/*'] },
        'node_modules/@market/hello': { resolved: 'packages/hello', link: true },
        'node_modules/api': { resolved: 'services/api', link: true },
        'packages/hello': { name: '@market/hello', version: '1.0.0' },
        'services/api': { name: 'api', version: '1.0.0', dependencies: { '@market/hello': '1.0.0' } },
      },
    }),
    'packages/hello/package.json': JSON.stringify({
      name: '@market/hello',
      version: '1.0.0',
      main: 'dist/index.js',
      scripts: { build: 'mkdir -p dist && cp index.js dist/' },
    }),
    'packages/hello/index.js': "module.exports = 'hello';\n",
    'services/api/package.json': JSON.stringify({
      name: 'api',
      version: '1.0.0',
      main: 'src/server.js',
      dependencies: { '@market/hello': '1.0.0' },
    }),
    'services/api/src/server.js': `
      const hello = require('@market/hello');
      require('node:http').createServer((_, response) => response.end(hello)).listen(8080);
      process.on('SIGTERM', () => process.exit(0));
    `,
  },
  python: {
    'requirements.txt': '# nothing\n',
    'app/__init__.py': '',
    'app/main.py': [
      'import http.server, signal, sys',
      'class Hello(http.server.BaseHTTPRequestHandler):',
      '    def do_GET(self):',
      '        self.send_response(200)',
      '        self.end_headers()',
      "        self.wfile.write(b'hello')",
      'signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))',
      "http.server.ThreadingHTTPServer(('', 8080), Hello).serve_forever()",
      '',
    ].join('\n'),
  },
  java: {
    'pom.xml': `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.example</groupId>
  <artifactId>hello</artifactId>
  <version>1.0</version>
  <properties>
    <maven.compiler.release>21</maven.compiler.release>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <build><plugins><plugin>
    <groupId>org.apache.maven.plugins</groupId>
    <artifactId>maven-jar-plugin</artifactId>
    <configuration><archive><manifest><mainClass>Hello</mainClass></manifest></archive></configuration>
  </plugin></plugins></build>
</project>
`,
    'src/main/java/Hello.java': `
      import com.sun.net.httpserver.HttpServer;
      import java.net.InetSocketAddress;
      public class Hello {
        public static void main(String[] arguments) throws Exception {
          HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
          server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("hello".getBytes());
            exchange.close();
          });
          server.start();
        }
      }
    `,
  },
  rust: {
    'Cargo.toml':
      '[package]\nname = "hello"\nversion = "0.1.0"\nedition = "2021"\n\n[profile.release]\nopt-level = "s"\nlto = true\ncodegen-units = 1\npanic = "abort"\n',
    'Cargo.lock': 'version = 3\n\n[[package]]\nname = "hello"\nversion = "0.1.0"\n',
    'src/main.rs': `
      use std::io::{Read, Write};
      extern "C" fn stop(_: i32) { std::process::exit(0) }
      extern "C" { fn signal(number: i32, handler: extern "C" fn(i32)) -> usize; }
      fn main() {
          unsafe { signal(15, stop); }
          for stream in std::net::TcpListener::bind("0.0.0.0:8080").unwrap().incoming() {
              let mut stream = stream.unwrap();
              let _ = stream.read(&mut [0; 1024]);
              let _ = stream.write_all(b"HTTP/1.1 200 OK\\r\\nContent-Length: 5\\r\\nConnection: close\\r\\n\\r\\nhello");
          }
      }
    `,
  },
  cpp: {
    'CMakeLists.txt':
      'cmake_minimum_required(VERSION 3.20)\nproject(hello CXX)\nadd_executable(hello hello.cpp)\ninstall(TARGETS hello)\n',
    'hello.cpp': `
      #include <csignal>
      #include <string>
      #include <netinet/in.h>
      #include <sys/socket.h>
      #include <unistd.h>
      int main() {
        std::signal(SIGTERM, [](int) { _exit(0); });
        int listener = socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(8080);
        if (bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return 1;
        listen(listener, 16);
        const std::string answer = "HTTP/1.1 200 OK\\r\\nContent-Length: 5\\r\\nConnection: close\\r\\n\\r\\nhello";
        for (;;) {
          int client = accept(listener, nullptr, nullptr);
          char request[1024];
          if (read(client, request, sizeof request) >= 0 && write(client, answer.data(), answer.size()) < 0) return 1;
          close(client);
        }
      }
    `,
  },
} as const;
