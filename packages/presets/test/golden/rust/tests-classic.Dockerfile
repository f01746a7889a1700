ARG RUST_VERSION=1.98

FROM rust:${RUST_VERSION}-trixie AS build
WORKDIR /src
ARG SOURCE_DATE_EPOCH=0
COPY . .
RUN cargo build --locked --release --target-dir /target --bin server \
    && install -D -m 755 /target/release/server /out/server \
    && strip /out/server \
    && find /out/server -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} + \
    && rm -rf /target

FROM build AS test
RUN cargo test --locked --target-dir /target

FROM gcr.io/distroless/cc-debian13:nonroot
WORKDIR /
COPY --from=test /out/server /server
ENTRYPOINT ["/server"]
