ARG GCC_VERSION=14

FROM gcc:${GCC_VERSION}-trixie AS build
WORKDIR /src
ARG SOURCE_DATE_EPOCH=0
RUN apt-get update \
    && apt-get install -y --no-install-recommends ccache cmake ninja-build \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin
RUN --mount=type=cache,id=ccache,target=/root/.cache/ccache \
    --mount=type=bind,target=. \
    cmake -S . -B /build -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache \
    && cmake --build /build \
    && cmake --install /build --prefix /out --strip \
    && find /out/bin/server -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM gcr.io/distroless/cc-debian13:nonroot
WORKDIR /
COPY --from=build /out/bin/server /server
ENTRYPOINT ["/server"]
