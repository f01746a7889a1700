ARG RUST_VERSION=1.98

FROM --platform=${BUILDPLATFORM} rust:${RUST_VERSION}-trixie AS build
# check=skip=no-copy-over-system-path xx is made to be copied over the root
COPY --from=tonistiigi/xx:1.8.0 / /
RUN apt-get update \
    && apt-get install -y --no-install-recommends clang lld \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin
ARG TARGETPLATFORM
RUN xx-apt-get update \
    && xx-apt-get install -y --no-install-recommends gcc libc6-dev \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin
WORKDIR /src
ARG SOURCE_DATE_EPOCH=0
RUN --mount=type=cache,id=cargo-registry,target=/usr/local/cargo/registry \
    --mount=type=cache,id=cargo-git,target=/usr/local/cargo/git/db \
    --mount=type=cache,id=cargo-target,target=/target,sharing=locked \
    --mount=type=bind,target=.,readwrite \
    find . -type f -exec touch {} + \
    && xx-cargo build --locked --release --target-dir /target --bin server \
    && install -D -m 755 "/target/$(xx-cargo --print-target-triple)/release/server" /out/server \
    && find /out/server -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM gcr.io/distroless/cc-debian13:nonroot
WORKDIR /
COPY --from=build /out/server /server
ENTRYPOINT ["/server"]
