/** Dockerfiles that a rule must leave alone although they look like what it looks for. */
export const nearMisses: Readonly<Record<string, readonly string[]>> = {
  'apk-without-no-cache': [
    'FROM alpine:3.24\nRUN --mount=type=cache,target=/var/cache/apk apk add curl\nUSER 1\n',
  ],
  'apt-get-with-recommends': [
    'FROM debian:13-slim AS a\nRUN apt-get install -y -o APT::Install-Recommends=false curl\nFROM scratch\nUSER 1\n',
  ],
  'apt-get-without-yes': [
    'FROM debian:13-slim AS a\nRUN apt-get --yes install --no-install-recommends curl\nFROM scratch\nUSER 1\n',
    'FROM debian:13-slim AS a\nRUN apt-get -qq update && apt-get -qqy install a\nFROM scratch\nUSER 1\n',
    'FROM debian:13-slim AS a\nRUN echo apt-get install curl\nFROM scratch\nUSER 1\n',
  ],
  'apt-lists-left': [
    'FROM debian:13-slim AS build\nRUN apt-get update && apt-get install -y --no-install-recommends gcc\nFROM scratch\nUSER 1\n',
  ],
  'cgo-into-static': [
    'FROM golang:1.26 AS build\nENV CGO_ENABLED=0\nWORKDIR /src\nRUN go build -o /app .\nFROM scratch\nCOPY --from=build /app /app\nUSER 1\n',
    'FROM golang:1.26 AS build\nWORKDIR /src\nRUN go build -o /app .\nFROM gcr.io/distroless/base-debian13:nonroot\nCOPY --from=build /app /app\n',
    'FROM golang:1.26-alpine AS build\nWORKDIR /src\nRUN go build -o /app .\nFROM scratch\nUSER 1\nCOPY --from=build /app /app\nCMD ["/app"]\n',
    'FROM golang:1.26 AS build\nWORKDIR /src\nARG CGO_ENABLED=0\nRUN go build -o /app .\nFROM scratch\nUSER 1\nCOPY --from=build /app /app\nCMD ["/app"]\n',
    'FROM golang:1.26 AS build\nWORKDIR /src\nENV CGO_ENABLED="0"\nRUN go build -o /app .\nFROM scratch\nUSER 1\nCOPY --from=build /app /app\nCMD ["/app"]\n',
    'FROM golang:1.26 AS build\nWORKDIR /src\nRUN go build -o /app .\nFROM scratch AS export\nCOPY --from=build /app /app\n',
  ],
  'consecutive-run': [
    'FROM debian:13-slim AS a\nRUN make\nENV A=1\nRUN make install\nFROM scratch\nUSER 1\n',
    'FROM debian:13-slim AS a\nRUN --mount=type=cache,target=/x make\nRUN make install\nFROM scratch\nUSER 1\n',
  ],
  'copy-archive-then-extract': ['FROM debian:13-slim AS a\nCOPY app.tar.gz /srv/\nFROM scratch\nUSER 1\n'],
  'copy-before-install': [
    'FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\n',
    'FROM node:24\nWORKDIR /a\nRUN npm ci\nCOPY . .\nRUN npm ci --omit=dev\n',
    'FROM node:24\nWORKDIR /a\nCOPY . .\nRUN npm install --global serve@14\n',
    'FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN go mod verify\n',
  ],
  'copy-from-unknown-stage': [
    'FROM scratch\nCOPY --from=nginx:1.30 /a /b\nUSER 1\n',
    'FROM debian:13-slim\nFROM scratch\nCOPY --from=0 /a /b\nUSER 1\n',
  ],
  'copy-to-relative-destination': ['FROM debian:13-slim AS a\nWORKDIR /x\nFROM a\nUSER 1\nCOPY b c\n'],
  'distroless-without-suffix': [
    'FROM example.com/distroless/static:nonroot\n',
    'FROM gcr.io/distroless/static-debian13:nonroot\n',
  ],
  'frozen-lockfile': [
    'FROM node:24 AS a\nWORKDIR /a\nRUN yarn build && pnpm install --frozen-lockfile --prod\nFROM scratch\nUSER 1\n',
  ],
  'glob-matches-nothing': [
    'FROM debian:13-slim AS a\nCOPY src /app/\nFROM scratch\nUSER 1\n',
    'FROM debian:13-slim AS a\nCOPY --from=nginx:1.30 missing /app/\nFROM scratch\nUSER 1\n',
  ],
  'healthcheck-missing': [
    'FROM debian:13-slim\nUSER 1\nHEALTHCHECK NONE\n',
    'FROM debian:13-slim AS a\nHEALTHCHECK CMD ["/check"]\nFROM a\nUSER 1\n',
  ],
  'heredoc-without-set-e': [
    'FROM debian:13-slim\nUSER 1\nRUN <<EOF\nfalse\nEOF\n',
    'FROM debian:13-slim\nUSER 1\nRUN <<EOF\na &&\n  b && \\\n  c\nEOF\n',
    'FROM debian:13-slim\nUSER 1\nSHELL ["/bin/bash", "-euo", "pipefail", "-c"]\nRUN <<EOF\na\nb\nEOF\n',
  ],
  'libc-mismatch': [
    'FROM node:24-trixie-slim AS deps\nWORKDIR /app\nFROM nginx:1.30-alpine\nUSER 101\nCOPY --from=deps /app/dist /usr/share/nginx/html\n',
  ],
  'multi-source-needs-directory': [
    'FROM debian:13-slim\nUSER 1\nCOPY a /b\n',
    'ARG D\nFROM debian:13-slim\nARG D\nUSER 1\nCOPY a b $D\n',
    'FROM eclipse-temurin:21-jre\nUSER 1\nWORKDIR /app\nCOPY target/*.jar app.jar\n',
    'FROM debian:13-slim\nUSER 1\nCOPY build/app-* /usr/local/bin/app\n',
  ],
  'no-cd-in-run': ['FROM debian:13-slim AS a\nRUN make && (cd sub && make)\nFROM scratch\nUSER 1\n'],
  'no-copy-over-system-path': [
    'FROM debian:13-slim\nUSER 1\nCOPY app.conf /etc/\n',
    'FROM debian:13-slim AS a\nFROM scratch\nUSER 1\nCOPY --from=a /out/ /\n',
    'FROM debian:13-slim AS a\nFROM scratch\nUSER 1\nCOPY --from=a / /\n',
  ],
  'no-dev-dependencies-in-final': [
    'FROM node:24 AS build\nWORKDIR /app\nRUN npm ci && npm prune --omit=dev\nFROM node:24\nUSER 1000\nCOPY --from=build /app/node_modules /app/node_modules\n',
    'FROM node:24\nUSER 1000\nRUN npm install --global pnpm@10.1.0\n',
    'FROM node:24 AS base\nENV NODE_ENV="production"\nFROM base\nUSER 1000\nRUN npm ci\n',
    'FROM node:24\nUSER 1000\nRUN NODE_ENV=production npm ci\n',
  ],
  'no-end-of-life-base': [
    'FROM golang:1.26\nFROM python:3.13-slim\nFROM debian:trixie\n',
    'FROM example.com/node:18\n',
    'FROM golang:1.210\n',
    'FROM gcr.io/distroless/java21-debian13:nonroot\n',
  ],
  'no-env-self-reference': [
    'FROM debian:13-slim\nUSER 1\nENV PATH=/app/bin:$PATH A=1\n',
    'FROM debian:13-slim\nUSER 1\nARG V=1\nENV V=$V W=a-$V\n',
    "FROM debian:13-slim\nUSER 1\nENV A=1 B='$A'\n",
    'FROM debian:13-slim\nUSER 1\nENV A=1 B=\\$A\n',
  ],
  'no-latest-tag': ['FROM a:1 AS latest\nFROM latest\nUSER 1\n', 'FROM b:latest-1\nUSER 1\n'],
  'no-pointless-command': [
    'FROM debian:13-slim AS a\nRUN apt-get install -y --no-install-recommends vim\nFROM scratch\nUSER 1\n',
    'FROM debian:13-slim AS a\nRUN make mount\nFROM scratch\nUSER 1\n',
  ],
  'no-root-user': [
    'FROM debian:13-slim AS base\nUSER 1000\nFROM base\n',
    'FROM gcr.io/distroless/static-debian13:nonroot\n',
    'ARG B\nFROM $B\n',
    'FROM debian:13-slim AS a\nFROM scratch AS export\nCOPY --from=a /out /\n',
  ],
  'no-sudo': [
    'FROM debian:13-slim AS a\nRUN apt-get install -y --no-install-recommends sudo\nFROM scratch\nUSER 1\n',
    'FROM debian:13-slim AS a\nRUN echo sudo make\nFROM scratch\nUSER 1\n',
  ],
  'no-toolchain-in-final': [
    'FROM eclipse-temurin:21-jre\nUSER 1\n',
    'FROM example.com/golang-tools:1\nUSER 1\n',
  ],
  'no-untagged-base': [
    'ARG V=1\nFROM debian:$V\n',
    'FROM localhost:5000/a:1\n',
    'FROM a@sha256:0000000000000000000000000000000000000000000000000000000000000000\n',
  ],
  'no-unused-stage': ['FROM debian:13-slim\nRUN echo a\nFROM debian:13-slim\nUSER 1\nCOPY --from=0 /a /b\n'],
  'package-manager-without-clean': [
    'FROM fedora:43\nRUN --mount=type=cache,target=/var/cache/dnf dnf install -y gcc\nUSER 1\n',
    'FROM fedora:43 AS a\nRUN dnf install -y gcc\nFROM scratch\nUSER 1\n',
  ],
  'package-manager-without-yes': [
    'FROM fedora:43 AS a\nRUN dnf -y install gcc && dnf clean all\nFROM scratch\nUSER 1\n',
    'FROM opensuse/leap:16 AS a\nRUN zypper --non-interactive install gcc\nFROM scratch\nUSER 1\n',
  ],
  'pin-digest': [
    'FROM scratch\nUSER 1\n',
    'FROM debian:13-slim@sha256:0000000000000000000000000000000000000000000000000000000000000000 AS a\nFROM a\n',
  ],
  'pip-outside-environment': [
    'FROM python:3.13-slim AS a\nRUN pip install flask\nFROM scratch\nUSER 1\n',
    'FROM debian:13-slim AS a\nRUN pip install --target /app flask\nFROM scratch\nUSER 1\n',
  ],
  'pip-without-no-cache-dir': [
    'FROM python:3.13-slim AS b\nRUN pip install flask==3.1.0\nFROM scratch\nUSER 1\n',
    'FROM python:3.13-slim\nRUN --mount=type=cache,target=/root/.cache/pip pip install a\nUSER 1\n',
  ],
  'pipe-to-shell': [
    'FROM debian:13-slim AS a\nRUN set -o pipefail; cat a | tee install.sh\nFROM scratch\nUSER 1\n',
    'FROM debian:13-slim AS a\nRUN sh install.sh\nFROM scratch\nUSER 1\n',
  ],
  'repeated-interpreter': [
    'FROM node:24\nUSER 1000\nCMD ["node", "server.js"]\n',
    'FROM gcr.io/distroless/nodejs24-debian13:nonroot\nENTRYPOINT ["/nodejs/bin/node"]\nCMD ["node"]\n',
    'FROM gcr.io/distroless/nodejs24-debian13:nonroot AS a\nENTRYPOINT []\nFROM a\nCMD ["/nodejs/bin/node", "a.js"]\n',
  ],
  'secret-in-value': ['FROM debian:13-slim\nUSER 1\nENV U=https://$USER:$PASS@example.com A=AKIA\n'],
  'shell-form-without-shell': [
    'FROM gcr.io/distroless/static-debian13:debug-nonroot\nRUN ls\n',
    'FROM scratch\nUSER 1\nADD rootfs.tar.gz /\nRUN ldconfig\n',
    'FROM debian:13-slim AS a\nFROM scratch\nUSER 1\nCOPY --from=a /rootfs/ /\nCMD ls\n',
    'FROM scratch\nCOPY sh /bin/sh\nSHELL ["/bin/sh", "-c"]\nUSER 1\nRUN ls\n',
  ],
  'unpinned-packages': [
    'FROM python:3.13-slim AS a\nRUN pip install -r requirements.txt\nFROM scratch\nUSER 1\n',
    'FROM node:24 AS a\nRUN npm install --global pnpm@10.1.0\nFROM scratch\nUSER 1\n',
  ],
  'use-absolute-command': ['FROM debian:13-slim\nUSER 1\nCMD ["date"]\n'],
  'use-apt-get': ['FROM debian:13-slim AS a\nRUN echo apt install\nFROM scratch\nUSER 1\n'],
  'use-copy-instead-of-add': [
    'FROM debian:13-slim\nUSER 1\nADD https://example.com/a /a\n',
    'FROM debian:13-slim\nUSER 1\nADD *.x /a/\n',
  ],
  'use-npm-ci': [
    'FROM node:24 AS a\nRUN npm install --global pnpm@10\nFROM scratch\nUSER 1\n',
    'FROM node:24 AS a\nRUN npm install left-pad@1\nFROM scratch\nUSER 1\n',
  ],
  'use-numeric-user': ['FROM node:24\nARG UID=1000\nUSER $UID\n'],
  'use-pipefail': [
    'FROM debian:13-slim AS a\nRUN a || b\nFROM scratch\nUSER 1\n',
    'FROM debian:13-slim AS a\nRUN echo "a | b"\nFROM scratch\nUSER 1\n',
  ],
  'use-shell-instruction': [
    'FROM debian:13-slim AS a\nRUN ln -s /bin/bash /usr/local/bin/sh2\nFROM scratch\nUSER 1\n',
  ],
  'useradd-without-no-log-init': [
    'FROM debian:13-slim AS a\nRUN useradd --uid 1000 app\nFROM scratch\nUSER 1\n',
  ],
  'valid-label': [
    'FROM debian:13-slim\nUSER 1\nLABEL "com.example.vendor"="ACME"\n',
    'FROM debian:13-slim\nUSER 1\nLABEL org.opencontainers.image.licenses="(MIT OR Apache-2.0) AND BSD-3-Clause"\n',
    'FROM debian:13-slim\nUSER 1\nARG V\nLABEL org.opencontainers.image.created=$V org.opencontainers.image.licenses="Apache-2.0 OR MIT" a.b-c=1\n',
  ],
  'wget-and-curl': [
    'FROM debian:13-slim AS a\nRUN curl -O https://example.com/a\nFROM debian:13-slim AS b\nRUN wget https://example.com/b\nFROM scratch\nUSER 1\n',
  ],
  'wget-without-progress': [
    'FROM debian:13-slim AS a\nRUN wget -nv https://example.com/a\nFROM scratch\nUSER 1\n',
  ],
  'yarn-cache-left': [
    'FROM node:24 AS a\nWORKDIR /app\nRUN yarn install --frozen-lockfile\nFROM scratch\nUSER 1\n',
  ],
  'zypper-dist-upgrade': ['FROM opensuse/leap:16 AS a\nRUN echo zypper dup\nFROM scratch\nUSER 1\n'],
};
