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
