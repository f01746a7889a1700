ARG GCC_VERSION=14

FROM gcc:${GCC_VERSION}-trixie AS build
WORKDIR /src
ARG SOURCE_DATE_EPOCH=0
RUN apt-get update \
    && apt-get install -y --no-install-recommends ccache \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin
RUN --mount=type=cache,id=ccache,target=/root/.cache/ccache \
    --mount=type=bind,target=. \
    cp -R . /build \
    && make -C /build CC="ccache gcc" CXX="ccache g++" \
    && make -C /build install PREFIX= DESTDIR=/out \
    && strip /out/bin/server \
    && find /out/bin/server -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM gcr.io/distroless/cc-debian13:nonroot
WORKDIR /
COPY --from=build /out/bin/server /server
ENTRYPOINT ["/server"]
