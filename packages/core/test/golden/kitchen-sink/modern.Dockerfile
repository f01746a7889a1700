# syntax=docker/dockerfile:1.20

ARG GO_VERSION=1.26
ARG EXTRA_PATH="/opt/my tools"

FROM golang:${GO_VERSION}-trixie AS base
SHELL ["/bin/bash", "-eo", "pipefail", "-c"]
# The cache of modules is worth a layer of its own.
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download \
    && go mod verify
ARG EXTRA_PATH
ENV CGO_ENABLED=0 \
    PATH="/go/bin:${EXTRA_PATH}" \
    NOTE="costs \$5, \"net\""
COPY --chmod=0644 . .
RUN --mount=type=cache,id=go-build,target=/root/.cache/go-build,sharing=locked \
    --mount=type=secret,id=netrc,target=/root/.netrc,required=true \
    go build -o /out/app .
RUN <<"EOF"
set -e
if [ -e /out/app ]; then
  echo "built $(date)" > '/out/my file'
fi
EOF
RUN --mount=type=tmpfs,target=/tmp \
    --mount=type=ssh,required=true \
    --mount=type=bind,from=busybox,target=/box \
    ["/out/app", "--version"]
COPY <<"EOF" /etc/app.conf
listen 8080;
EOF
ARG GO_VERSION
COPY --chmod=u=rw,go=r --link LICENSE <<version /etc/app/
version=${GO_VERSION}
price=\$5
version
COPY --parents --exclude=**/*.md --exclude="not this" packages/*/package.json /src/
ADD --checksum=abc123 --keep-git-dir https://github.com/moby/buildkit.git#v0.25.0 /buildkit
ADD --unpack local.tar /local/
RUN --network=none \
    --security=sandbox \
    curl -fsS 'https://example.com/a b' | tar -x
RUN --mount=type=secret,id=token,required=true,env=TOKEN gcc --version
HEALTHCHECK --start-interval=2s CMD curl -f localhost || exit 1

FROM debian:trixie-slim
MAINTAINER Someone <someone@example.com>
LABEL org.opencontainers.image.title="kitchen sink" \
      com.example.empty=""
ARG BUILD_ID
USER 65532:65532
COPY --from=nginx:1.30 --chown=65532:65532 /etc/nginx/mime.types /etc/
COPY --from=base ["/out/app", "/out/my file", "/app/"]
ADD https://example.com/data.tar.gz /data/
VOLUME ["/data", "/var/lib/my data"]
EXPOSE 8080 53/udp
ONBUILD COPY . /app
ONBUILD RUN make \
    && make check
STOPSIGNAL SIGQUIT
HEALTHCHECK --interval=30s --timeout=5s --start-period=1m --retries=3 CMD ["/app", "--health"]
INCLUDE extra.dockerfile
ENTRYPOINT ["/app"]
CMD ["--listen", ":8080"]
