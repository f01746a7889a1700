FROM debian:trixie-slim AS build
WORKDIR /src
ARG SOURCE_DATE_EPOCH=0
RUN apt-get update \
    && apt-get install -y --no-install-recommends clang libclang-rt-dev meson ninja-build \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin
ENV CC=clang \
    CXX=clang++
RUN --mount=type=bind,target=. \
    meson setup /build . --buildtype=release --prefix=/ --strip -Db_sanitize=thread -Db_lundef=false \
    && meson compile -C /build \
    && meson install -C /build --destdir /out \
    && find /out/bin/server -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM gcr.io/distroless/cc-debian13:nonroot
WORKDIR /
COPY --from=build /out/bin/server /server
ENTRYPOINT ["/server"]
