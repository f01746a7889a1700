FROM golang:1.21 AS builder
WORKDIR /src
COPY app/ .
RUN go vet ./... \
    && go test ./...
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/calculator .

FROM scratch
COPY --from=builder /out/calculator /calculator
USER 65532
ENTRYPOINT ["/calculator"]
