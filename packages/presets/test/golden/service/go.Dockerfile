ARG GO_VERSION=1.26

FROM --platform=${BUILDPLATFORM} golang:${GO_VERSION}-trixie AS build
WORKDIR /src
ENV CGO_ENABLED=0 \
    GOTOOLCHAIN=local \
    GOFLAGS="-mod=readonly" \
    GOPRIVATE=example.com/*
RUN --mount=type=cache,id=gomod,target=/go/pkg/mod \
    --mount=type=bind,source=go.mod,target=go.mod \
    go mod download
ARG TARGETOS
ARG TARGETARCH
ARG SOURCE_DATE_EPOCH=0
RUN --mount=type=cache,id=gomod,target=/go/pkg/mod \
    --mount=type=cache,id=gobuild,target=/root/.cache/go-build \
    --mount=type=bind,target=. \
    GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -ldflags="-s -w -buildid=" -o /out/app . \
    && find /out/app -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM debian:13-slim AS certificates
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin
COPY certs/corp.pem /usr/local/share/ca-certificates/extra/
RUN for file in /usr/local/share/ca-certificates/extra/*; do mv "$file" "${file%.*}.crt"; done \
    && update-ca-certificates

FROM busybox:1.37 AS directories
RUN mkdir -p /out/data

FROM gcr.io/distroless/static-debian13:nonroot
WORKDIR /
COPY --from=build /out/app /app
COPY --from=certificates /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt \
    NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt \
    REQUESTS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt
ENV TZ=Europe/Berlin
ENV LANG=C.UTF-8 \
    LC_ALL=C.UTF-8
COPY --from=directories --chown=65532:65532 /out/data /data
ENTRYPOINT ["/app"]
