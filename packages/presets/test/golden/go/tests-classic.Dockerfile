ARG GO_VERSION=1.26

FROM golang:${GO_VERSION}-trixie AS build
WORKDIR /src
ENV CGO_ENABLED=0 \
    GOTOOLCHAIN=local \
    GOFLAGS="-mod=readonly"
COPY go.mod go.sum ./
RUN go mod download
ARG SOURCE_DATE_EPOCH=0
COPY . .
RUN go build -trimpath -ldflags="-s -w -buildid=" -o /out/app . \
    && find /out/app -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM build AS test
RUN go test ./...

FROM gcr.io/distroless/static-debian13:nonroot
WORKDIR /
COPY --from=test /out/app /app
ENTRYPOINT ["/app"]
