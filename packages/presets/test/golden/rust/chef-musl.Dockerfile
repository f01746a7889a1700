ARG RUST_VERSION=1.98

FROM lukemathwalker/cargo-chef:latest-rust-${RUST_VERSION}-trixie AS chef
WORKDIR /src

FROM chef AS plan
RUN --mount=type=bind,target=. cargo chef prepare --recipe-path /recipe.json

FROM chef AS build
COPY --from=plan /recipe.json /recipe.json
RUN rustup target add "$(rustc -vV | sed -n 's/^host: //p' | sed 's/-gnu$/-musl/')" \
    && cargo chef cook --locked --release --target-dir /target --bin server --target "$(rustc -vV | sed -n 's/^host: //p' | sed 's/-gnu$/-musl/')" --recipe-path /recipe.json
ARG SOURCE_DATE_EPOCH=0
RUN --mount=type=bind,target=.,readwrite \
    find . -type f -exec touch {} + \
    && cargo build --locked --release --target-dir /target --bin server --target "$(rustc -vV | sed -n 's/^host: //p' | sed 's/-gnu$/-musl/')" \
    && install -D -m 755 "/target/$(rustc -vV | sed -n 's/^host: //p' | sed 's/-gnu$/-musl/')/release/server" /out/server \
    && strip /out/server \
    && find /out/server -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM gcr.io/distroless/static-debian13:nonroot
WORKDIR /
COPY --from=build /out/server /server
ENTRYPOINT ["/server"]
