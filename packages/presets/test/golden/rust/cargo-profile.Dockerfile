ARG RUST_VERSION=1.98

FROM rust:${RUST_VERSION}-trixie AS build
WORKDIR /src
ARG SOURCE_DATE_EPOCH=0
RUN --mount=type=cache,id=cargo-registry,target=/usr/local/cargo/registry \
    --mount=type=cache,id=cargo-git,target=/usr/local/cargo/git/db \
    --mount=type=cache,id=cargo-target,target=/target,sharing=locked \
    --mount=type=bind,target=.,readwrite \
    find . -type f -exec touch {} + \
    && cargo build --locked --profile dev --target-dir /target --bin server \
    && install -D -m 755 /target/debug/server /out/server \
    && find /out/server -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM gcr.io/distroless/cc-debian13:nonroot
WORKDIR /
COPY --from=build /out/server /server
ENTRYPOINT ["/server"]
