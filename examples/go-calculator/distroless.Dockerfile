FROM golang:1.21 AS builder
WORKDIR /src
COPY app/ .
RUN go vet ./... \
    && go test ./...
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/calculator .

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=builder /out/calculator /calculator
ENTRYPOINT ["/calculator"]
