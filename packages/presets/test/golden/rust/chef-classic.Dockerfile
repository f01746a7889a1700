ARG RUST_VERSION=1.98

FROM lukemathwalker/cargo-chef:latest-rust-${RUST_VERSION}-trixie AS chef
WORKDIR /src

FROM chef AS plan
COPY . .
RUN cargo chef prepare --recipe-path /recipe.json

FROM chef AS build
COPY --from=plan /recipe.json /recipe.json
RUN cargo chef cook --locked --release --target-dir /target --bin server --recipe-path /recipe.json
ARG SOURCE_DATE_EPOCH=0
COPY . .
RUN find . -type f -exec touch {} + \
    && cargo build --locked --release --target-dir /target --bin server \
    && install -D -m 755 /target/release/server /out/server \
    && strip /out/server \
    && find /out/server -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM gcr.io/distroless/cc-debian13:nonroot
WORKDIR /
COPY --from=build /out/server /server
ENTRYPOINT ["/server"]
