ARG GO_VERSION=1.26

FROM golang:${GO_VERSION}-alpine AS build
RUN apk add --no-cache gcc git musl-dev
WORKDIR /src
ENV CGO_ENABLED=1 \
    GOTOOLCHAIN=local \
    GOFLAGS="-mod=readonly" \
    GOPRIVATE=example.com/*
RUN --mount=type=cache,id=gomod,target=/go/pkg/mod \
    --mount=type=bind,source=go.mod,target=go.mod \
    --mount=type=bind,source=go.sum,target=go.sum \
    go mod download
ARG SOURCE_DATE_EPOCH=0
RUN --mount=type=cache,id=gomod,target=/go/pkg/mod \
    --mount=type=cache,id=gobuild,target=/root/.cache/go-build \
    --mount=type=bind,target=. \
    go build -trimpath -ldflags="-s -w -linkmode external -extldflags -static -buildid=" -o /out/app . \
    && find /out/app -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM gcr.io/distroless/static-debian13:nonroot
WORKDIR /
COPY --from=build /out/app /app
ENTRYPOINT ["/app"]
