ARG GCC_VERSION=14

FROM gcc:${GCC_VERSION}-trixie AS build
WORKDIR /src
ARG SOURCE_DATE_EPOCH=0
RUN apt-get update \
    && apt-get install -y --no-install-recommends meson ninja-build \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin
RUN --mount=type=bind,target=. \
    meson setup /build . --buildtype=release --prefix=/ --strip \
    && meson compile -C /build \
    && meson install -C /build --destdir /out \
    && find /out/bin/server -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM gcr.io/distroless/cc-debian13:nonroot
WORKDIR /
COPY --from=build /out/bin/server /server
ENTRYPOINT ["/server"]
