ARG GO_VERSION=1.26

FROM --platform=${BUILDPLATFORM} golang:${GO_VERSION}-alpine AS build
RUN apk add --no-cache gcc musl-dev
# check=skip=no-copy-over-system-path xx is made to be copied over the root
COPY --from=tonistiigi/xx:1.8.0 / /
RUN apk add --no-cache clang lld
ARG TARGETPLATFORM
RUN xx-apk add --no-cache gcc musl-dev
WORKDIR /src
ENV CGO_ENABLED=1 \
    GOTOOLCHAIN=local \
    GOFLAGS="-mod=readonly"
RUN --mount=type=cache,id=gomod,target=/go/pkg/mod \
    --mount=type=bind,source=go.mod,target=go.mod \
    --mount=type=bind,source=go.sum,target=go.sum \
    go mod download
ARG SOURCE_DATE_EPOCH=0
RUN --mount=type=cache,id=gomod,target=/go/pkg/mod \
    --mount=type=cache,id=gobuild,target=/root/.cache/go-build \
    --mount=type=bind,target=. \
    xx-go build -trimpath -ldflags="-s -w -linkmode external -extldflags -static -buildid=" -o /out/app . \
    && find /out/app -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM gcr.io/distroless/static-debian13:nonroot
WORKDIR /
COPY --from=build /out/app /app
ENTRYPOINT ["/app"]
